using Weir.Engine.Time;

namespace Weir.Engine.Ingest;

/// <summary>
/// The way of one sending thread into the engine: its own ring, so that sending takes no lock and keeps the thread's order. The ring
/// starts small and grows fourfold while the engine cannot keep up, to a limit; past that the loss policy decides.
/// </summary>
internal sealed class Lane
{
    public const int CapacityFirst = 1024;
    public const int CapacityMax = 65_536;
    private const int SpinsBeforeSleep = 40;
    private const int CheckEvery = 256;

    /// <summary>A second, in ticks: by so much corrections of a clock may move it back at once.</summary>
    private const long StepBackMax = TimeSpan.TicksPerSecond;

    private readonly TimeProvider _time;
    private readonly WakeSignal _wake;
    private readonly int _slot;
    private LaneRing _writing = new(CapacityFirst);
    private LaneRing _reading;
    private long _lastTick;
    private long _lastClock;
    private long _droppedNewest;

    public Lane(TimeProvider time, WakeSignal wake, int slot, Thread owner)
    {
        (_time, _wake, _slot, Owner, _reading) = (time, wake, slot % (int)UnixTime.NanosecondsPerTick, owner, _writing);
    }

    public Thread Owner { get; }

    public long Waiting
    {
        get
        {
            var sum = 0L;
            for (var ring = Volatile.Read(ref _reading); ring is not null; ring = Volatile.Read(ref ring.Next)) sum += ring.Waiting;
            return sum;
        }
    }

    public long DroppedNewest => Volatile.Read(ref _droppedNewest);

    /// <summary>
    /// A time for a point that came without one. A clock tick is 100 ns, so that two sends may fall into one: the tick moves on by one then, and
    /// the two digits below it carry the lane, so that two threads do not meet on one nanosecond and replace each other's points. A clock that steps
    /// back by up to a second keeps the order; one that is set back further is followed, so that times do not run ahead of it until it catches up.
    /// </summary>
    public long NextTime()
    {
        var clock = _time.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks;
        // Compared with what the clock said before, and not with the last time given: a fast sender may be ahead of the clock by more than a second.
        var tick = clock > _lastTick || clock < _lastClock - StepBackMax ? clock : _lastTick + 1;
        (_lastTick, _lastClock) = (tick, clock);
        return tick * UnixTime.NanosecondsPerTick + _slot;
    }

    public bool Write(int series, long time, double value, LossPolicy policy)
    {
        var ring = _writing;
        // The reader's position lives in another core's cache; asking for it once in a while is enough to grow in time.
        if ((ring.Written & (CheckEvery - 1)) == 0) Relieve(ref ring);
        if (policy.Kind != LossPolicyKind.DropOldest && Room(ring, policy) == 0)
        {
            CountDropped(1);
            return false;
        }
        ring.Write(series, time, value);
        return true;
    }

    /// <summary>Writes as many as the policy lets in, in order, and says how many.</summary>
    public int Write(int series, ReadOnlySpan<long> times, ReadOnlySpan<double> values, LossPolicy policy)
    {
        var taken = 0;
        while (taken < times.Length)
        {
            var count = Math.Min(times.Length - taken, CheckEvery);
            var ring = _writing;
            Relieve(ref ring);
            if (policy.Kind != LossPolicyKind.DropOldest) count = Math.Min(count, Room(ring, policy));
            if (count == 0) break;
            ring.Write(series, times.Slice(taken, count), values.Slice(taken, count));
            taken += count;
        }
        if (taken < times.Length) CountDropped(times.Length - taken);
        return taken;
    }

    /// <summary>When the ring is half full: goes on in a larger one, or wakes the engine when this is the largest.</summary>
    private void Relieve(ref LaneRing ring)
    {
        if (ring.Waiting < ring.Capacity / 2) return;
        if (ring.Capacity == CapacityMax)
        {
            _wake.Set();
            return;
        }
        var larger = new LaneRing(ring.Capacity * 4);
        Volatile.Write(ref ring.Next, larger);
        ring = _writing = larger;
    }

    /// <summary>How many points fit now, or once the policy has waited.</summary>
    private int Room(LaneRing ring, LossPolicy policy)
    {
        if (ring.Room > 0) return ring.Room;
        _wake.Set();
        if (policy.Kind == LossPolicyKind.Block) WaitForRoom(ring, policy.Deadline);
        return ring.Room;
    }

    private void WaitForRoom(LaneRing ring, TimeSpan deadline)
    {
        var began = _time.GetTimestamp();
        var spinner = new SpinWait();
        // After the first few, each spin sleeps a millisecond or more: a clock that stands still does not keep the sender for ever.
        while (ring.Room == 0 && _time.GetElapsedTime(began) < deadline && spinner.Count < SpinsBeforeSleep + deadline.TotalMilliseconds) spinner.SpinOnce();
    }

    private static LaneRing Newest(LaneRing ring)
    {
        while (Volatile.Read(ref ring.Next) is { } next) ring = next;
        return ring;
    }

    private void CountDropped(int count) => Volatile.Write(ref _droppedNewest, _droppedNewest + count);

    /// <summary>What waits, oldest first, up to the length of <paramref name="into"/>. Only the engine's loop may call this.</summary>
    public ReadOnlySpan<Arrival> Read(Span<Arrival> into, ref long lost)
    {
        while (true)
        {
            var next = Volatile.Read(ref _reading.Next);
            // Only the largest ring comes round, and by then what still waits in the smaller ones is older than what it overwrote.
            if (next is not null && Newest(next).HasLost) _reading.Skip(ref lost);
            var arrivals = _reading.Read(into, ref lost);
            if (arrivals.Length > 0 || next is null) return arrivals;
            // `next` was set after the old ring's last write, so an empty old ring is finished.
            if (_reading.Waiting == 0) Volatile.Write(ref _reading, next);
        }
    }
}
