using Weir.Engine.Series;

namespace Weir.Engine;

/// <summary>
/// The observers of an engine's rounds. Those of a series hang on the series, so that a round costs nothing for observers of series it did not touch.
/// </summary>
public sealed class RoundObservers
{
    private readonly Lock _change = new();
    private RoundObservation[] _ofAll = [];
    private TimeSeries[] _changed = [];
    private long[] _correctedFrom = [];
    private int _count;
    private long _number;

    internal RoundObservers()
    {
    }

    /// <summary>Tells an observer of every round that changed something, until the result is disposed.</summary>
    public IDisposable ObserveAll(IRoundObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var added = new RoundObservation(this, observer, []);
        lock (_change) Volatile.Write(ref _ofAll, [.. _ofAll, added]);
        return added;
    }

    /// <summary>
    /// Tells an observer of every round that changed one of these series, once a round however many of them changed, until the result is disposed.
    /// </summary>
    /// <param name="observer">Is called on the engine's loop.</param>
    /// <param name="series">Series of this engine; one may stand there twice.</param>
    public IDisposable Observe(IRoundObserver observer, params ReadOnlySpan<TimeSeries> series)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var added = new RoundObservation(this, observer, series.ToArray());
        lock (_change)
        {
            foreach (var one in series) Volatile.Write(ref one.Observations, [.. one.Observations, added]);
        }
        return added;
    }

    internal void Remove(RoundObservation gone)
    {
        lock (_change)
        {
            Volatile.Write(ref _ofAll, Array.FindAll(_ofAll, other => other != gone));
            foreach (var one in gone.Series) Volatile.Write(ref one.Observations, Array.FindAll(one.Observations, other => other != gone));
        }
    }

    /// <summary>Notes what a round changed, before the engine lets go of its own notes.</summary>
    internal void Prepare(long number, List<TimeSeries> changed)
    {
        // Series of a large round are not kept alive by a small one that follows.
        Array.Clear(_changed, 0, _count);
        (_number, _count) = (number, changed.Count);
        if (_changed.Length < _count) (_changed, _correctedFrom) = (new TimeSeries[_count * 2], new long[_count * 2]);
        for (var i = 0; i < _count; i++)
        {
            var late = changed[i].LateTimes;
            (_changed[i], _correctedFrom[i]) = (changed[i], late.Length == 0 ? long.MaxValue : late[0]);
        }
    }

    /// <summary>Tells the round that was prepared. Returns how many observers threw, and what the first threw.</summary>
    internal int Tell(out Exception? failure)
    {
        failure = null;
        var round = new Round(_number, _changed.AsSpan(0, _count), _correctedFrom.AsSpan(0, _count));
        var failed = 0;
        foreach (var all in Volatile.Read(ref _ofAll)) failed += all.Tell(round, ref failure);
        foreach (var series in round.Changed)
        {
            foreach (var one in Volatile.Read(ref series.Observations)) failed += one.Tell(round, ref failure);
        }
        return failed;
    }
}

/// <summary>One observer of some series, or of all.</summary>
internal sealed class RoundObservation(RoundObservers owner, IRoundObserver observer, TimeSeries[] series) : IDisposable
{
    private long _told = -1;

    public TimeSeries[] Series => series;

    public void Dispose() => owner.Remove(this);

    /// <summary>Returns 1 when the observer threw, else 0. A second call in one round does nothing.</summary>
    public int Tell(Round round, ref Exception? failure)
    {
        if (_told == round.Number) return 0;
        _told = round.Number;
        try
        {
            observer.OnRound(round);
            return 0;
        }
        catch (Exception e)
        {
            failure ??= e;
            return 1;
        }
    }
}
