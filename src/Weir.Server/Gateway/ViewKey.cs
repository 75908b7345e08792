using Weir.Engine.Time;

namespace Weir.Server.Gateway;

/// <summary>What makes two viewers look at the same thing: the same selectors over the same stretch of time at the same width.</summary>
/// <param name="Selectors">Joined by newlines.</param>
/// <param name="From">Start in Unix nanoseconds, or null for a live view.</param>
/// <param name="Length">Stretch of time in nanoseconds.</param>
/// <param name="Step">Width of a column in nanoseconds.</param>
internal sealed record ViewKey(string Selectors, long? From, long Length, long Step)
{
    /// <summary>Column numbers must fit a double exactly, which is what browsers count with.</summary>
    public const long StepMin = 1000;

    public static ViewKey For(IEnumerable<string> selectors, ViewRequest request)
    {
        var length = request.From is { } from ? request.To!.Value - from : request.Range;
        var step = Math.Max(StepMin, (length - 1) / request.Width + 1);
        return new ViewKey(string.Join('\n', selectors), request.From, length, step);
    }

    /// <summary>Start of what is shown at <paramref name="now"/>, on a column's edge.</summary>
    public long StartAt(long now)
    {
        var start = From ?? now - Length;
        return start < long.MinValue + Step ? long.MinValue : Engine.Windows.Tumbling.StartOf(start, Step);
    }

    /// <summary>End of what is shown, exclusive. A live view shows whatever is newest, also a little ahead of the clock.</summary>
    public long End => From is { } from ? from + Length : long.MaxValue;

    public double StepMilliseconds => UnixTime.ToMilliseconds(Step);
}
