using System.Runtime.CompilerServices;

namespace Weir.Engine.Ingest;

/// <summary>The lanes of all threads that send to one engine. Knows no engine: a thread keeps the lanes it sent to last.</summary>
internal sealed class LaneSet(TimeProvider time, WakeSignal wake)
{
    [ThreadStatic]
    private static Lane? _lane;

    [ThreadStatic]
    private static LaneSet? _lanesOfLane;

    /// <summary>For threads that send to several engines, in turn.</summary>
    [ThreadStatic]
    private static ConditionalWeakTable<LaneSet, Lane>? _laneBySet;

    private readonly Lock _change = new();
    private Lane[] _lanes = [];
    private int _created;
    private long _droppedNewestByGone;

    public ReadOnlySpan<Lane> All => Volatile.Read(ref _lanes);

    /// <summary>The calling thread's lane: one thread-static read when the thread sends to one engine, as nearly all do.</summary>
    public Lane OfThread => ReferenceEquals(_lanesOfLane, this) ? _lane! : Find();

    public long DroppedNewest
    {
        get
        {
            // A lane that goes meanwhile must count once: a total that seems to fall looks like a restart.
            lock (_change)
            {
                var sum = _droppedNewestByGone;
                foreach (var lane in All) sum += lane.DroppedNewest;
                return sum;
            }
        }
    }

    /// <summary>Lets go of the lanes of ended threads once they are empty. Only the engine's loop may call this.</summary>
    public void RemoveEnded()
    {
        foreach (var lane in All)
        {
            if (lane.Owner.IsAlive) continue;
            // All that the thread wrote came before its end; the reads below must come after we saw it.
            Interlocked.MemoryBarrier();
            if (lane.Waiting > 0) continue;
            lock (_change)
            {
                _lanes = Array.FindAll(_lanes, other => other != lane);
                _droppedNewestByGone += lane.DroppedNewest;
            }
        }
    }

    private Lane Find()
    {
        var lane = (_laneBySet ??= []).GetValue(this, _ => Create());
        (_lane, _lanesOfLane) = (lane, this);
        return lane;
    }

    private Lane Create()
    {
        lock (_change)
        {
            var lane = new Lane(time, wake, _created++, Thread.CurrentThread);
            Volatile.Write(ref _lanes, [.. _lanes, lane]);
            return lane;
        }
    }
}
