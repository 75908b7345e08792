using Weir.Engine.Access;
using Weir.Engine.Time;

namespace Weir.Engine.Views;

/// <summary>What makes two viewers look at the same thing: the same queries over the same series, over the same stretch of time at the same width.</summary>
/// <param name="Scope">Which series there are for them.</param>
/// <param name="QueryTexts">Selectors and expressions, joined by <see cref="Separator"/>.</param>
/// <param name="From">Start in Unix nanoseconds, or null for a live view.</param>
/// <param name="Length">Stretch of time in nanoseconds.</param>
/// <param name="Step">Width of a column in nanoseconds.</param>
internal sealed record ViewKey(AccessScope Scope, string QueryTexts, long? From, long Length, long Step)
{
    /// <summary>Column numbers must fit a double exactly, which is what browsers count with.</summary>
    public const long StepMin = 1000;

    /// <summary>Means nothing in a selector or an expression, unlike line breaks.</summary>
    private const char Separator = '\0';

    public string[] Queries => QueryTexts.Split(Separator, StringSplitOptions.RemoveEmptyEntries);

    /// <param name="scope">Who looks.</param>
    /// <param name="queries">Selectors of series and expressions.</param>
    /// <param name="from">Start in Unix nanoseconds, or null for a live view.</param>
    /// <param name="length">Nanoseconds.</param>
    /// <param name="width">Pixel columns.</param>
    public static ViewKey For(AccessScope scope, IEnumerable<string> queries, long? from, long length, int width) =>
        new(scope, string.Join(Separator, queries), from, length, Math.Max(StepMin, (length - 1) / width + 1));

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
