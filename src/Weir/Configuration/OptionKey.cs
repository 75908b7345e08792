using System.Globalization;
using System.Net;
using Weir.Engine.Ingest;
using Weir.Engine.Time;
using Weir.Visuals.Themes;

namespace Weir.Configuration;

/// <summary>One key that configuration may set.</summary>
/// <param name="Name">With a colon between section and key.</param>
/// <param name="Allowed">What a value may be, for people.</param>
/// <param name="TrySet">Sets the option from text; false when the text is not allowed.</param>
internal sealed record OptionKey(string Name, string Allowed, Func<WeirOptions, string, bool> TrySet)
{
    private const string Durations = "a duration such as 30s, 5m or 1h";

    public static IReadOnlyList<OptionKey> All { get; } =
    [
        new("Title", "any text that is not empty", (o, text) => Set(!string.IsNullOrWhiteSpace(text), () => o.Title = text)),
        new("Theme", "auto, dark, light", (o, text) => Enum.TryParse<Theme>(text, true, out var theme) && Set(!char.IsAsciiDigit(text[0]) && Enum.IsDefined(theme), () => o.Theme = theme)),
        new("Host", "localhost, 127.0.0.1 or ::1", (o, text) => Set(IsHost(text), () => o.Host = text)),
        new("Port", "a whole number from 0 to 65535, or auto", (o, text) => IsAuto(text) ? Set(true, () => o.Port = null) : Whole(text, 0, 65535, value => o.Port = value)),
        new("OpenBrowser", "auto, true, false", (o, text) => Flag(text, value => o.OpenBrowser = value)),
        new("Range", Durations + ", from 1s to 366d", (o, text) => Length(text, value => o.Range = value, TimeSpan.FromSeconds(1), TimeSpan.FromDays(366))),
        new("StayWhileWatched", "auto, true, false", (o, text) => Flag(text, value => o.StayWhileWatched = value)),
        new("FirstViewerGrace", Durations, (o, text) => Length(text, value => o.FirstViewerGrace = value)),
        new("Loss", "dropOldest, dropNewest, or how long to wait for room, such as 5s", Loss),
        new("Limits:MemoryMegabytes", "a whole number from 1 to 1048576", (o, text) => Whole(text, 1, 1 << 20, value => o.Limits.MemoryMegabytes = value)),
        new("Limits:SeriesMax", "a whole number from 1 to 10000000", (o, text) => Whole(text, 1, 10_000_000, value => o.Limits.SeriesMax = value)),
        new("Limits:Silence", Durations + ", from 1h on", (o, text) => Length(text, value => o.Limits.Silence = value, TimeSpan.FromHours(1))),
        new("Limits:Lateness", Durations, (o, text) => Length(text, value => o.Limits.Lateness = value)),
        new("Limits:MessagesPerMinute", "a whole number from 1 to 1000000", (o, text) => Whole(text, 1, 1_000_000, value => o.Limits.MessagesPerMinute = value)),
    ];

    /// <summary>The options as text, by key: what code has set passes the same checks as what is configured.</summary>
    public static IEnumerable<(string Key, string Value)> TextOf(WeirOptions options)
    {
        yield return ("Title", options.Title);
        yield return ("Theme", options.Theme.ToString());
        yield return ("Host", options.Host);
        yield return ("Port", Number(options.Port ?? 0));
        yield return ("Range", options.Range.ToString());
        yield return ("FirstViewerGrace", options.FirstViewerGrace.ToString());
        yield return ("Limits:MemoryMegabytes", Number(options.Limits.MemoryMegabytes));
        yield return ("Limits:SeriesMax", Number(options.Limits.SeriesMax));
        yield return ("Limits:Silence", options.Limits.Silence.ToString());
        yield return ("Limits:Lateness", options.Limits.Lateness.ToString());
        yield return ("Limits:MessagesPerMinute", Number(options.Limits.MessagesPerMinute));
    }

    private static bool Loss(WeirOptions options, string text)
    {
        if (text.Equals(nameof(LossPolicy.DropOldest), StringComparison.OrdinalIgnoreCase)) return Set(true, () => options.Loss = LossPolicy.DropOldest);
        if (text.Equals(nameof(LossPolicy.DropNewest), StringComparison.OrdinalIgnoreCase)) return Set(true, () => options.Loss = LossPolicy.DropNewest);
        return Duration.TryParse(text, out var wait) && Set(wait.ToTimeSpan() > TimeSpan.Zero, () => options.Loss = LossPolicy.Block(wait.ToTimeSpan()));
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static bool Set(bool allowed, Action set)
    {
        if (allowed) set();
        return allowed;
    }

    private static bool Whole(string text, int min, int max, Action<int> set) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && Set(value >= min && value <= max, () => set(value));

    private static bool Length(string text, Action<Duration> set, TimeSpan? min = null, TimeSpan? max = null) =>
        Duration.TryParse(text, out var value) && Set(!(value.ToTimeSpan() < min) && !(value.ToTimeSpan() > max), () => set(value));

    private static bool Flag(string text, Action<bool?> set) =>
        IsAuto(text) ? Set(true, () => set(null)) : bool.TryParse(text, out var value) && Set(true, () => set(value));

    private static bool IsAuto(string text) => text.Equals("auto", StringComparison.OrdinalIgnoreCase);

    private static bool IsHost(string? text) => text == "localhost" || (IPAddress.TryParse(text, out var address) && IPAddress.IsLoopback(address));
}
