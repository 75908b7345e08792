using System.Diagnostics.CodeAnalysis;
using Weir.Engine.Ingest;
using Weir.Engine.Series;
using Weir.Engine.Time;
using Weir.Engine.Windows;

namespace Weir.Engine;

/// <summary>The rounds of the loop: what was sent and recorded becomes snapshots.</summary>
public sealed partial class TimeSeriesEngine
{
    /// <summary>Whether a round runs: the gate lets the thread that runs it in again.</summary>
    private bool _isInRound;

    private readonly PointsAhead _ahead = new();

    /// <summary>Number of the series whose head was looked at last.</summary>
    private int _sealedTo;

    /// <summary>
    /// One round: drains the lanes, orders, appends, publishes, evicts. Returns how many points it took. Lanes are taken in turn, a bounded
    /// piece of each, so that one fast sender holds nobody up.
    /// </summary>
    public int RunRound()
    {
        lock (_roundGate)
        {
            _isInRound = true;
            try
            {
                return RunRoundInGate();
            }
            finally
            {
                _isInRound = false;
            }
        }
    }

    private int RunRoundInGate()
    {
        // One reading of the clock for the whole round: what is ahead, late and final is judged by the same now.
        var now = UnixTime.Now(Time);
        var taken = Drain(now);
        LetSilentLeave(now);
        RecordInterval();
        _importWaiting = 0;
        foreach (var series in _changed) EndRound(series, Options.Lateness.Nanoseconds, now);
        // Before the windows, whose outputs join the list and need no rollups, and before points go that a rollup has yet to see.
        if (Rollups is not null)
        {
            Rollups.Run(_changed, now);
            Rollups.Settle(now);
            Volatile.Write(ref Counters.RollupBytesCount, Rollups.Bytes);
        }
        if (_changed.Count == 0) return taken;
        if (_windows.Count > 0) RunWindows(now);
        Rounds.Prepare(_watermark + 1, _changed);
        foreach (var series in _changed)
        {
            EvictOverLimit(series, now);
            series.IsInRound = false;
            series.LateTimes = [];
        }
        _changed.Clear();
        EvictOverBudget(now);
        Volatile.Write(ref Counters.RoundCount, Counters.RoundCount + 1);
        Volatile.Write(ref _watermark, _watermark + 1);
        var failed = Rounds.Tell(out var failure);
        if (failed > 0) CountFailures(failed, failure!);
        Publish();
        return taken;
    }

    private void Publish()
    {
        foreach (var handler in Delegate.EnumerateInvocationList(Published))
        {
            try
            {
                handler();
            }
            catch (Exception e)
            {
                CountFailures(1, e);
            }
        }
    }

    private void CountFailures(int count, Exception first)
    {
        var isFirst = Counters.HandlerFailuresCount == 0;
        Volatile.Write(ref Counters.HandlerFailuresCount, Counters.HandlerFailuresCount + count);
        if (isFirst) ReportFailure(first);
    }

    private void ReportFailure(Exception failure)
    {
        try
        {
            HandlerFailed?.Invoke(failure);
        }
        catch (Exception)
        {
            Volatile.Write(ref Counters.HandlerFailuresCount, Counters.HandlerFailuresCount + 1);
        }
    }

    /// <summary>
    /// Takes in what was recorded, when an interval has ended: at a whole multiple of it, so that all recorded points have the same times at one
    /// distance, which take no memory and meet in every column.
    /// </summary>
    private void RecordInterval()
    {
        var interval = Options.RecordingInterval.Nanoseconds;
        var end = Tumbling.StartOf(UnixTime.Now(Time), interval);
        if (end == _intervalEnd) return;
        _intervalEnd = end;
        // A running total must not be seen to fall: when the clock was set back, time goes on from where it was.
        Record(end > _recordedTo ? end : _recordedTo + interval);
    }

    private void Record(long time)
    {
        _instruments.Collect(time - Options.RecordingInterval.Nanoseconds, time, _takeRecorded, _distribute);
        _recordedTo = time;
        Volatile.Write(ref Counters.RefusedIncrementsCount, _instruments.Accumulators.Refused);
    }

    private void TakeRecorded(TimeSeries series, long time, double value)
    {
        if (!series.IsInRound) Enter(series);
        series.Take(time, value);
        Volatile.Write(ref Counters.AppendedCount, Counters.AppendedCount + 1);
    }

    private int Drain(long now)
    {
        // Eight pieces of 8,192 a lane and round: half a million points a round at eight lanes, a few milliseconds.
        const int piecesMax = 8;
        var (present, limit) = (PresentAt(now), LimitAhead(now));
        var (taken, lost) = (TakeDue(present), 0L);
        foreach (var lane in _lanes.All)
        {
            for (var piece = 0; piece < piecesMax; piece++)
            {
                var arrivals = lane.Read(_arrivals, ref lost);
                if (arrivals.Length == 0) break;
                Take(arrivals, present, limit);
                taken += arrivals.Length;
            }
        }
        if (lost > 0) Volatile.Write(ref Counters.LostCount, Counters.LostCount + lost);
        _lanes.RemoveEnded();
        return taken;
    }

    /// <summary>
    /// The latest time that counts as present: clocks of two machines differ by up to a second. What lies further ahead waits.
    /// </summary>
    private static long PresentAt(long now) => now < long.MaxValue - UnixTime.NanosecondsPerSecond ? now + UnixTime.NanosecondsPerSecond : long.MaxValue - 1;

    /// <summary>Takes in what was ahead of the clock when it came and no longer is.</summary>
    private int TakeDue(long present)
    {
        var taken = 0;
        for (; _ahead.TryTake(present, out var arrival); taken++) Take(arrival);
        if (taken > 0) CountTaken(taken);
        return taken;
    }

    private void Take(ReadOnlySpan<Arrival> arrivals, long present, long limit)
    {
        var (refused, waiting) = (0, 0);
        foreach (ref readonly var arrival in arrivals)
        {
            if (arrival.Time <= present) Take(arrival);
            else if (arrival.Time <= limit && TryWait(arrival)) waiting++;
            else refused++;
        }
        CountTaken(arrivals.Length - refused - waiting);
        if (refused > 0) Volatile.Write(ref Counters.RefusedAheadCount, Counters.RefusedAheadCount + refused);
    }

    private void Take(in Arrival arrival)
    {
        var series = Catalog[arrival.Series];
        if (series is not { IsInRound: true } && !TryEnter(ref series))
        {
            Volatile.Write(ref Counters.LostCount, Counters.LostCount + 1);
            Volatile.Write(ref Counters.AppendedCount, Counters.AppendedCount - 1);
            return;
        }
        series.Take(arrival.Time, arrival.Value);
    }

    /// <summary>For a point on its way while its series left; false when it left so long ago that nobody knows it.</summary>
    private bool TryEnter([NotNullWhen(true)] ref TimeSeries? series)
    {
        if (series is null) return false;
        if (series.HasLeft) series = Catalog.Rejoin(series);
        if (!series.IsInRound) Enter(series);
        return true;
    }

    private bool TryWait(in Arrival arrival)
    {
        if (!_ahead.TryAdd(arrival)) return false;
        if (Catalog[arrival.Series] is { } series) series.ActiveAt = UnixTime.Now(Time);
        return true;
    }

    private void CountTaken(int points)
    {
        Volatile.Write(ref Counters.AppendedCount, Counters.AppendedCount + points);
        Volatile.Write(ref Counters.WaitingAheadCount, _ahead.Count);
    }

    private void Enter(TimeSeries series)
    {
        series.IsInRound = true;
        _changed.Add(series);
    }

    private void EndRound(TimeSeries series, long lateness, long now)
    {
        CountRefusedLate(series.EndRound(lateness, now));
        series.ActiveAt = now;
        _evictable.Add(series);
        CountBytes(series);
    }

    private void CountRefusedLate(int refused)
    {
        if (refused == 0) return;
        Volatile.Write(ref Counters.RefusedLateCount, Counters.RefusedLateCount + refused);
        Volatile.Write(ref Counters.AppendedCount, Counters.AppendedCount - refused);
    }

    private void CountBytes(TimeSeries series)
    {
        Volatile.Write(ref Counters.PointBytesCount, Counters.PointBytesCount + series.Bytes - series.BytesCounted);
        series.BytesCounted = series.Bytes;
    }

    /// <summary>Lets go what a series has over its own limit. After the windows, which read all that the round brought.</summary>
    private void EvictOverLimit(TimeSeries series, long now)
    {
        if (series.MaxPoints is not { } max) return;
        while (Evict(series, Math.Max(max, Options.PointsKeptMin), now))
        {
        }
    }

    /// <summary>
    /// Brings memory back under the budget. The chunks with the oldest points go first, whichever series they are of; a series of which one more would leave
    /// fewer than the points to keep has no more turns until it grows.
    /// </summary>
    private void EvictOverBudget(long now)
    {
        while (Counters.Bytes > Options.BytesMax && _evictable.TryTake(out var series))
        {
            if (Evict(series, Options.PointsKeptMin, now)) _evictable.Add(series);
        }
        if (Counters.Bytes > Options.BytesMax) SealEarly();
    }

    /// <summary>
    /// Nothing may be evicted and memory is short, as of very many series with few points each: their heads are encoded early, a bounded number a round. A chunk so short takes
    /// some 250 bytes beside its points.
    /// </summary>
    private void SealEarly()
    {
        const int pointsMin = 128;
        var room = 256;
        for (var looked = Math.Min(4096, Catalog.End); looked > 0 && room > 0 && Counters.Bytes > Options.BytesMax; looked--)
        {
            if (++_sealedTo >= Catalog.End) _sealedTo = 0;
            if (Catalog[_sealedTo] is not { HasLeft: false } series || !series.TrySealEarly(pointsMin)) continue;
            CountBytes(series);
            _evictable.Add(series);
            room--;
        }
    }

    private bool Evict(TimeSeries series, long pointsMin, long now)
    {
        if (!series.MayEvict(pointsMin)) return false;
        Rollups?.SettleCorrections(series, now);
        Volatile.Write(ref Counters.EvictedCount, Counters.EvictedCount + series.EvictOldest(pointsMin));
        CountBytes(series);
        return true;
    }
}
