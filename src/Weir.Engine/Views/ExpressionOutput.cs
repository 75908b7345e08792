using Weir.Engine.Queries;
using Weir.Engine.Queries.Live;
using Weir.Engine.Series;

namespace Weir.Engine.Views;

/// <summary>One series that an expression gives: a point at each step that has a value, and a gap where values end.</summary>
internal sealed class ExpressionOutput(int number, QueryLabels labels, long step)
{
    private static readonly SeriesKey Key = new("expression");
    private readonly List<long> _times = [];
    private readonly List<double> _values = [];

    public QueryLabels Labels => labels;

    public TimeSeries Series { get; } = new(number, Key, SeriesKind.Gauge);

    /// <summary>What the expression gives now; null when it gives the series no more. Taken with each <see cref="Merge"/>.</summary>
    public LiveOutput? Given { get; set; }

    /// <summary>Takes the steps from the first to the last that are new or came out otherwise than before.</summary>
    /// <param name="first">The earliest step that may have changed.</param>
    /// <param name="last">The newest step.</param>
    /// <param name="pointsMin">Points to keep.</param>
    public void Merge(long first, long last, long pointsMin)
    {
        var snapshot = Series.Snapshot;
        _times.Clear();
        _values.Clear();
        snapshot.Read(first * step, last < long.MaxValue / step ? last * step + 1 : long.MaxValue, _times, _values);
        var (at, isTaken) = (0, false);
        var isValue = snapshot.TryReadAt(first * step - 1, out _, out var before) && !double.IsNaN(before);
        for (var number = first; number <= last; number++)
        {
            var isHeld = at < _times.Count && _times[at] == number * step;
            var held = isHeld ? _values[at++] : double.NaN;
            var value = double.NaN;
            var isGiven = Given?.TryGetValue(number, out value) == true;
            if (!isGiven) value = double.NaN;
            // A step without a value is a gap after one with a value; a point that is there cannot be taken back.
            if (isHeld ? !held.Equals(value) : isGiven || isValue)
            {
                Series.Take(number * step, value);
                isTaken = true;
            }
            isValue = !double.IsNaN(value);
        }
        Given = null;
        if (!isTaken) return;
        Series.EndRound(lateness: long.MaxValue / 4);
        while (Series.EvictOldest(pointsMin) > 0)
        {
        }
    }
}
