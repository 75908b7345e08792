using Weir.Engine.Time;

namespace Weir.Server.Gateway;

/// <summary>What a viewer may say; see docs/protocol.md.</summary>
internal abstract record ViewerMessage
{
    public sealed record Subscribe(IReadOnlyList<ViewRequest> Views, ResumePoint? ResumeFrom) : ViewerMessage;

    public sealed record Unsubscribe(IReadOnlyList<string> Keys) : ViewerMessage;

    public sealed record Pause : ViewerMessage;

    public sealed record Resume : ViewerMessage;
}

/// <summary>One thing a viewer wants to see: a widget of its dashboard or a query of its own.</summary>
internal sealed record ViewRequest
{
    public const int WidthMin = 16;
    public const int WidthMax = 8192;
    public const int RowsMax = 200;
    public static readonly double RangeMinMilliseconds = 1000;
    public static readonly double RangeMaxMilliseconds = TimeSpan.FromDays(366).TotalMilliseconds;

    public required string Key { get; init; }

    public bool IsQuery { get; init; }

    /// <summary>Nanoseconds back from now, for a live view.</summary>
    public long Range { get; init; } = 60 * UnixTime.NanosecondsPerSecond;

    /// <summary>Start of a fixed view in Unix nanoseconds; null for a live one.</summary>
    public long? From { get; init; }

    public long? To { get; init; }

    /// <summary>Pixel columns.</summary>
    public int Width { get; init; } = 600;

    /// <summary>Whether the newest column of each series is enough of the past, as for a single number.</summary>
    public bool IsNewest { get; init; }

    /// <summary>First row; below zero for the end.</summary>
    public int Offset { get; init; }

    public int Count { get; init; } = 50;

    public string? Sort { get; init; }

    public bool Descending { get; init; }

    /// <summary>Text that a cell has to contain for its row to be shown; null for all rows.</summary>
    public string? Filter { get; init; }

    /// <summary>Up to which frame the viewer has everything, when it was here before.</summary>
    public ulong? Sequence { get; init; }
}

/// <summary>Where a viewer that was here before left off.</summary>
internal sealed record ResumePoint(string Epoch, IReadOnlyDictionary<string, ulong> Sequences, ulong? All = null)
{
    /// <param name="key">Widget or query.</param>
    /// <param name="newest">Newest frame of its view: who had all views up to a later number has this one whole.</param>
    public ulong? For(string key, ulong newest) => Sequences.TryGetValue(key, out var sequence) ? sequence : All is { } all ? Math.Min(all, newest) : null;
}
