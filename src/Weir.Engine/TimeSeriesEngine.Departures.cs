using Weir.Engine.Series;
using Weir.Engine.Time;

namespace Weir.Engine;

/// <summary>Series that were silent for long leave when places are scarce, so that labels that keep changing find room.</summary>
public sealed partial class TimeSeriesEngine
{
    /// <summary>Looking through 100,000 series takes some milliseconds.</summary>
    private static readonly TimeSpan DepartureInterval = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Points that a sender or a lane held while their series left still find it for so long, and make it join again. One that hung for longer is lost, and counted.
    /// </summary>
    private const long NumberKept = 60 * UnixTime.NanosecondsPerSecond;

    private readonly Queue<(int Id, long At)> _left = new();
    private long? _departuresAt;

    /// <summary>The series itself, or what stands for it after it left.</summary>
    /// <exception cref="InvalidOperationException">It left, and its name is there with another kind by now.</exception>
    private TimeSeries Present(TimeSeries series) => series.HasLeft ? Catalog.Rejoin(series) : series;

    private void LetSilentLeave(long now)
    {
        while (_left.TryPeek(out var first) && now - first.At >= NumberKept) Catalog.Forget(_left.Dequeue().Id);
        var count = Catalog.OverReserve;
        if (count <= 0 || (_departuresAt is { } last && Time.GetElapsedTime(last) < DepartureInterval)) return;
        _departuresAt = Time.GetTimestamp();
        var leaving = SilentForLongest(count, now);
        if (leaving.Length == 0) return;
        foreach (var series in leaving)
        {
            Catalog.Remove(series);
            _left.Enqueue((series.Id, now));
            _evictable.Remove(series);
            Volatile.Write(ref Counters.PointBytesCount, Counters.PointBytesCount - series.BytesCounted);
            series.BytesCounted = 0;
        }
        Rollups?.Remove(leaving);
        foreach (var series in leaving) series.Clear();
    }

    private TimeSeries[] SilentForLongest(int count, long now)
    {
        // Points that wait for the clock come within Ahead.
        var silence = Math.Max(Options.Silence.Nanoseconds, Options.Ahead.Nanoseconds);
        // The one among them that was silent for the shortest time stands first.
        var silent = new PriorityQueue<TimeSeries, long>(Comparer<long>.Create((a, b) => b.CompareTo(a)));
        foreach (var series in Catalog.All)
        {
            // One without a point yet is taken for one that got it now.
            if (series.ActiveAt == long.MinValue) series.ActiveAt = now;
            if (now - series.ActiveAt < silence || !MayLeave(series)) continue;
            if (silent.Count < count) silent.Enqueue(series, series.ActiveAt);
            else silent.EnqueueDequeue(series, series.ActiveAt);
        }
        return [.. silent.UnorderedItems.Select(item => item.Element)];
    }

    private bool MayLeave(TimeSeries series) =>
        !series.IsInRound && !series.IsOverflow && series.Instrument is null && !_windows.ContainsKey(series) && !_windowOf.ContainsKey(series);
}
