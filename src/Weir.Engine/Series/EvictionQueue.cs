using System.Diagnostics.CodeAnalysis;

namespace Weir.Engine.Series;

/// <summary>
/// Whose oldest chunk goes next: the one whose points are the oldest, so that imported history does not drive out what is newer. A series stands in it once, under the
/// time at which its oldest chunk ended when it was put there. Chunks that went meanwhile move it back when its turn comes.
/// </summary>
internal sealed class EvictionQueue
{
    private const int CompactFrom = 64;

    private readonly PriorityQueue<TimeSeries, long> _turns = new();

    /// <summary>Places that are void, since an older chunk came and the series stands further to the front as well.</summary>
    private int _void;

    public int Count => _turns.Count;

    /// <summary>Gives the series a place, or one further to the front when an older chunk came.</summary>
    public void Add(TimeSeries series)
    {
        var time = series.OldestChunkTime;
        if (time >= series.EvictionTurn) return;
        if (series.EvictionTurn != long.MaxValue) _void++;
        Enqueue(series, time);
        if (_void >= Math.Max(CompactFrom, _turns.Count / 2)) Compact();
    }

    /// <summary>Takes a series out, wherever it stands.</summary>
    public void Remove(TimeSeries series)
    {
        if (series.EvictionTurn == long.MaxValue) return;
        series.EvictionTurn = long.MaxValue;
        _void++;
        if (_void >= Math.Max(CompactFrom, _turns.Count / 2)) Compact();
    }

    /// <summary>Takes the next series out; it comes back with <see cref="Add"/>.</summary>
    public bool TryTake([NotNullWhen(true)] out TimeSeries? series)
    {
        while (_turns.TryDequeue(out series, out var time))
        {
            if (time != series.EvictionTurn)
            {
                _void--;
                continue;
            }
            series.EvictionTurn = long.MaxValue;
            var oldest = series.OldestChunkTime;
            if (oldest <= time) return true;
            if (oldest != long.MaxValue) Enqueue(series, oldest);
        }
        return false;
    }

    private void Enqueue(TimeSeries series, long time)
    {
        series.EvictionTurn = time;
        _turns.Enqueue(series, time);
    }

    private void Compact()
    {
        var held = _turns.UnorderedItems.Where(turn => turn.Priority == turn.Element.EvictionTurn).Distinct().ToArray();
        _turns.Clear();
        foreach (var (series, time) in held) _turns.Enqueue(series, time);
        _void = 0;
    }
}
