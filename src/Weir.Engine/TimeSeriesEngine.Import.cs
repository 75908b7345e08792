using Weir.Engine.Ingest;
using Weir.Engine.Rollups;
using Weir.Engine.Series;
using Weir.Engine.Time;
using Weir.Engine.Windows;

namespace Weir.Engine;

/// <summary>History: points of any age, merged into what is there.</summary>
public sealed partial class TimeSeriesEngine
{
    /// <summary>
    /// Imported points that may wait for a round to publish them, roll them up and bring memory back under its budget. An import that brings more
    /// goes in blocks of so many, with a round between them.
    /// </summary>
    internal const int ImportWaitingMax = 65_536;

    private int _importWaiting;

    /// <summary>
    /// Takes in history: points of any age and in any order, before, between and over what the series holds. The lateness does not matter. Windows,
    /// rollups, queries and viewers see them after the next round, as if all had come in order. The oldest go first when they do not fit the memory budget.
    /// </summary>
    /// <param name="series">A series of this engine.</param>
    /// <param name="times">Unix nanoseconds, in any order. A point replaces an earlier one of the same nanosecond.</param>
    /// <param name="values">As many as times; NaN is a gap.</param>
    /// <returns>How many were taken, replaced, refused and let go again.</returns>
    /// <exception cref="ArgumentException">The columns differ in length, or a time is the smallest long.</exception>
    public ImportResult Import(TimeSeries series, ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        ArgumentNullException.ThrowIfNull(series);
        RequireColumns(times.Length, values.Length);
        series = Present(series);
        var points = SortedPoints.Of(times, values);
        if (points.Times is [long.MinValue, ..]) throw new ArgumentException($"{long.MinValue} is no time. Times are Unix nanoseconds, from the year 1677 on.", nameof(times));
        var now = UnixTime.Now(Time);
        var (present, limit) = (PresentAt(now), LimitAhead(now));
        var tooFar = 0;
        foreach (var time in times) tooFar += time > limit ? 1 : 0;
        var (count, end) = (Search.FirstAtOrAfter(points.Times, present + 1), Search.FirstAtOrAfter(points.Times, limit + 1));
        var twice = times.Length - tooFar - end;
        var replaced = twice;
        for (int from = 0, to; from < count; from = to)
        {
            to = EndOfBlock(points.Times.AsSpan(0, count), from);
            replaced += ImportBlock(series, points.Times.AsSpan(from..to), points.Values.AsSpan(from..to));
        }
        lock (_roundGate)
        {
            series.ActiveAt = now;
            var noRoom = 0;
            for (var i = count; i < end; i++)
            {
                if (!_ahead.TryAdd(new Arrival { Series = series.Id, Time = points.Times[i], Value = points.Values[i] })) noRoom++;
            }
            CountTaken(twice);
            var (refused, imported) = (tooFar + noRoom, times.Length - tooFar - noRoom);
            Volatile.Write(ref Counters.ImportedCount, Counters.ImportedCount + imported);
            Volatile.Write(ref Counters.RefusedAheadCount, Counters.RefusedAheadCount + refused);
            // A round says what stays.
            if (Counters.Bytes > Options.BytesMax || series.MaxPoints < series.PointCount) RunRoundSafely();
            var evicted = Search.FirstAtOrAfter(points.Times.AsSpan(0, count), series.FirstTime);
            var reason = tooFar > 0 ? AheadMessage(points.Times[^1]) : noRoom > 0 ? $"{PointsAhead.CountMax:#,0} points ahead of the clock wait already, which is as many as there may be" : null;
            return new(imported, replaced, refused, evicted, reason);
        }
    }

    /// <summary>Cuts where a day, an hour or a minute ends, if it can, so that what is rolled up together comes together.</summary>
    private static int EndOfBlock(ReadOnlySpan<long> times, int from)
    {
        var end = from + ImportWaitingMax;
        if (times.Length <= end) return times.Length;
        foreach (var granularity in (ReadOnlySpan<Granularity>)[Granularity.Day, Granularity.Hour, Granularity.Minute])
        {
            var cut = Search.FirstAtOrAfter(times, Tumbling.StartOf(times[end], granularity.Nanoseconds()));
            if (cut > from) return cut;
        }
        return end;
    }

    /// <summary>Merges a block; returns how many points it replaced.</summary>
    private int ImportBlock(TimeSeries series, ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        lock (_roundGate)
        {
            if (_importWaiting + times.Length > ImportWaitingMax) RunRoundSafely();
            var now = UnixTime.Now(Time);
            // What was sent before is replaced by what is imported after.
            if (Waiting > 0) Drain(now);
            if (!series.IsInRound) Enter(series);
            CountRefusedLate(series.MergeLate(Options.Lateness.Nanoseconds, now));
            var replaced = series.Import(times, values);
            CountBytes(series);
            Volatile.Write(ref Counters.AppendedCount, Counters.AppendedCount + times.Length);
            _importWaiting += times.Length;
            return replaced;
        }
    }

    /// <summary>A round on the thread of the one who imports, who is not told of what fails in it.</summary>
    private void RunRoundSafely()
    {
        // From a handler that is called in a round: that round ends first.
        if (_isInRound) return;
        try
        {
            RunRound();
        }
        catch (Exception e)
        {
            NoteFailure(e);
        }
    }

    /// <summary>The latest time that is taken. The largest long means "no time" throughout and never is.</summary>
    private long LimitAhead(long now) => now < long.MaxValue - Options.Ahead.Nanoseconds ? now + Options.Ahead.Nanoseconds : long.MaxValue - 1;

    private static void RequireColumns(int times, int values)
    {
        if (times == values) return;
        throw new ArgumentException($"{times} times and {values} values were given; there must be as many of one as of the other.", nameof(values));
    }
}
