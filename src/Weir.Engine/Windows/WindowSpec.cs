using System.Globalization;
using Weir.Engine.Time;

namespace Weir.Engine.Windows;

/// <summary>Where windows begin and end.</summary>
public enum WindowKind
{
    /// <summary>Side by side: every point is in one window.</summary>
    Tumbling,

    /// <summary>A window every slide, longer than the slide: every point is in several.</summary>
    Hopping,

    /// <summary>A window that ends at every point.</summary>
    Sliding,
}

/// <summary>
/// Which windows over event time, and what of each. A window's point stands where its last slide begins: at the start of a tumbling window, and so
/// that the newest hopping window is the one which is being filled. A sliding window's point stands at the point it ends with.
/// </summary>
/// <remarks>
/// Points are summed up in panes: stretches that divide length and slide (Li et al. 2005, "No pane, no gain"), of ten seconds or less where that
/// makes no more than 240 of them. All windows lie on the Unix epoch. A sliding window ends at every point; its beginning moves in steps of a 60th of its length, on the grid of its panes.
/// </remarks>
public sealed record WindowSpec
{
    /// <summary>Panes a window may have, and with it what a window may hold.</summary>
    public const int PanesMax = 1440;

    /// <summary>A hundred years: every window that a point can lie in begins and ends within what nanoseconds reach.</summary>
    private const long LengthMax = 36_500L * 86_400 * UnixTime.NanosecondsPerSecond;

    private const int SlidingPanes = 60;

    /// <summary>Into so many panes a window is cut at most only to make panes short.</summary>
    private const int ShortPanesMax = 240;

    /// <summary>A late point reads its pane again: ten seconds are soon read and hardly ever evicted.</summary>
    private const long ShortPane = 10 * UnixTime.NanosecondsPerSecond;

    private const string Allowed = "a length (\"10s\"), a length and a slide (\"1m/5s\"), or a length that slides (\"1m sliding\")";

    private WindowSpec(WindowKind kind, Duration length, long slide, Aggregation aggregation, double quantile)
    {
        Require(length.Nanoseconds > 0, nameof(length), length, "a window has a positive length");
        Require(length.Nanoseconds <= LengthMax, nameof(length), length, "a window has at most 36,500 days");
        Require(Enum.IsDefined(aggregation), nameof(aggregation), aggregation, "it is not an aggregation");
        if (aggregation != Aggregation.Quantile) quantile = Aggregations.QuantileOf(aggregation);
        else Require(quantile is >= 0 and <= 1, nameof(quantile), quantile, "a quantile lies between 0 and 1");
        (Kind, Length, SlideNanoseconds, Aggregation, Quantile) = (kind, length, slide, aggregation, quantile);
        PaneNanoseconds = kind == WindowKind.Sliding ? slide : GreatestCommonDivisor(length.Nanoseconds, slide);
        Panes = (length.Nanoseconds + PaneNanoseconds - 1) / PaneNanoseconds;
        var pane = Duration.FromNanoseconds(PaneNanoseconds);
        Require(
            Panes <= PanesMax, "slide", Slide,
            $"a window of {length} would have {Panes} panes of {pane}, at most {PanesMax} are allowed: take a longer slide that divides the length");
        if (kind == WindowKind.Sliding) return;
        var parts = Parts(PaneNanoseconds, Math.Max(1, ShortPanesMax / Panes));
        (PaneNanoseconds, Panes) = (PaneNanoseconds / parts, Panes * parts);
    }

    public WindowKind Kind { get; }

    public Duration Length { get; }

    /// <summary>By how much one window begins later than the one before; for sliding windows the step of their beginning.</summary>
    public Duration Slide => Duration.FromNanoseconds(SlideNanoseconds);

    public Aggregation Aggregation { get; }

    /// <summary>Which quantile, 0 to 1; NaN when the aggregation is none.</summary>
    public double Quantile { get; }

    /// <summary>Panes in a window.</summary>
    public long Panes { get; }

    internal long SlideNanoseconds { get; }

    internal long PaneNanoseconds { get; }

    /// <exception cref="ArgumentException">Not a length, aggregation or quantile; the message says which and what is allowed.</exception>
    public static WindowSpec Tumbling(Duration length, Aggregation aggregation, double quantile = double.NaN) =>
        new(WindowKind.Tumbling, length, length.Nanoseconds, aggregation, quantile);

    /// <param name="length">Length of a window.</param>
    /// <param name="slide">At most the length; a slide as long as the window makes it tumble.</param>
    /// <param name="aggregation">What of each window.</param>
    /// <param name="quantile">0 to 1, for <see cref="Aggregation.Quantile"/> alone.</param>
    /// <exception cref="ArgumentException">As for <see cref="Tumbling"/>; a slide longer than the window; more than <see cref="PanesMax"/> panes.</exception>
    public static WindowSpec Hopping(Duration length, Duration slide, Aggregation aggregation, double quantile = double.NaN)
    {
        Require(slide.Nanoseconds > 0, nameof(slide), slide, "a slide has a positive length");
        Require(slide <= length, nameof(slide), slide, $"a window of {length} slides by at most its length");
        return new(slide == length ? WindowKind.Tumbling : WindowKind.Hopping, length, slide.Nanoseconds, aggregation, quantile);
    }

    /// <exception cref="ArgumentException">As for <see cref="Tumbling"/>.</exception>
    public static WindowSpec Sliding(Duration length, Aggregation aggregation, double quantile = double.NaN) =>
        new(WindowKind.Sliding, length, (length.Nanoseconds + SlidingPanes - 1) / SlidingPanes, aggregation, quantile);

    /// <summary>Reads a window and an aggregation: <c>"10s"</c> tumbles, <c>"1m/5s"</c> hops, <c>"1m sliding"</c> slides; <c>avg</c>, <c>p99.9</c>.</summary>
    /// <exception cref="ArgumentException">One of them does not parse or is out of its range; the message says what is allowed.</exception>
    public static WindowSpec Parse(string window, string aggregation)
    {
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(aggregation);
        var (kind, quantile) = Aggregations.ParseWithQuantile(aggregation);
        const string sliding = " sliding";
        if (window.EndsWith(sliding, StringComparison.OrdinalIgnoreCase)) return Sliding(ParseLength(window[..^sliding.Length], window), kind, quantile);
        return window.Split('/') switch
        {
            [var length] => Tumbling(ParseLength(length, window), kind, quantile),
            [var length, var slide] => Hopping(ParseLength(length, window), ParseLength(slide, window), kind, quantile),
            _ => throw new ArgumentException($"'{window}' is not a window. Write {Allowed}.", nameof(window)),
        };
    }

    /// <summary>The windows as <see cref="Parse"/> reads them: <c>1m/5s</c>.</summary>
    public string WindowText => Kind switch
    {
        WindowKind.Tumbling => Length.ToString(),
        WindowKind.Hopping => $"{Length}/{Slide}",
        _ => $"{Length} sliding",
    };

    /// <summary>The aggregation as <see cref="Parse"/> reads it: <c>avg</c>, <c>p99.9</c>.</summary>
    public string AggregationText => Aggregation == Aggregation.Quantile
        ? string.Create(CultureInfo.InvariantCulture, $"p{(decimal)Quantile * 100:0.##########################}")
        : Aggregation.ToString().ToLowerInvariant();

    public override string ToString() => $"{AggregationText}:{WindowText}";

    /// <summary>Points before it, in the centuries up to 1878 at the latest, are in no window, since the beginning of theirs could not be told.</summary>
    internal long TimeMin => long.MinValue + 2 * Length.Nanoseconds;

    /// <summary>Start of the slide that a time lies in; a window's last one.</summary>
    internal long SlideOf(long time) => Windows.Tumbling.StartOf(time, SlideNanoseconds);

    internal long PaneOf(long time) => Windows.Tumbling.StartOf(time, PaneNanoseconds);

    /// <summary>Where the window begins whose last slide begins at <paramref name="slide"/>.</summary>
    internal long StartOfWindow(long slide) => slide + SlideNanoseconds - Panes * PaneNanoseconds;

    private static Duration ParseLength(string text, string window) => Duration.TryParse(text, out var length)
        ? length
        : throw new ArgumentException($"'{window}' is not a window: '{text.Trim()}' is not a positive duration. Write {Allowed}.", nameof(window));

    /// <summary>Into how many equal parts to cut a pane that is too long.</summary>
    private static long Parts(long pane, long most)
    {
        var parts = Math.Min((pane + ShortPane - 1) / ShortPane, most);
        while (pane % parts != 0) parts--;
        return parts;
    }

    private static long GreatestCommonDivisor(long a, long b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }

    private static void Require(bool holds, string name, object value, string allowed)
    {
        if (!holds) throw new ArgumentOutOfRangeException(name, value, $"A {name} of {value} is not possible: {allowed}.");
    }
}
