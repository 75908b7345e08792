using Weir.Engine.Time;

namespace Weir.Engine.Views;

/// <summary>What makes two viewers look at the same thing: the same selectors over the same stretch of time at the same width.</summary>
/// <param name="Selectors">Joined by newlines.</param>
/// <param name="From">Start in Unix nanoseconds, or null for a live view.</param>
/// <param name="Length">Stretch of time in nanoseconds.</param>
/// <param name="Step">Width of a column in nanoseconds.</param>
internal sealed record ViewKey(string Selectors, long? From, long Length, long Step)
{
    /// <summary>Column numbers must fit a double exactly, which is what browsers count with.</summary>
    public const long StepMin = 1000;

    /// <param name="selectors">Selectors of series, or one expression.</param>
    /// <param name="from">Start in Unix nanoseconds, or null for a live view.</param>
    /// <param name="length">Nanoseconds.</param>
    /// <param name="width">Pixel columns.</param>
    public static ViewKey For(IEnumerable<string> selectors, long? from, long length, int width) =>
        new(string.Join('\n', selectors), from, length, Math.Max(StepMin, (length - 1) / width + 1));

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
