using System.Diagnostics.CodeAnalysis;

namespace Weir.Engine.Series;

/// <summary>Whose oldest chunk goes next: one turn for each chunk that sealed, in the order in which they sealed.</summary>
internal sealed class EvictionQueue
{
    private const int CompactFrom = 64;

    private readonly Queue<TimeSeries> _turns = new();
    private int _forfeited;

    public int Count => _turns.Count;

    public void Add(TimeSeries series) => _turns.Enqueue(series);

    /// <summary>A chunk of this series went out of turn, so its oldest turn is void.</summary>
    public void Forfeit(TimeSeries series)
    {
        series.TurnsForfeited++;
        _forfeited++;
        // A series with a limit of its own forfeits every turn in the end: without this, the queue would grow for ever under the budget.
        if (_forfeited < Math.Max(CompactFrom, _turns.Count / 2)) return;
        for (var turns = _turns.Count; turns > 0; turns--)
        {
            var next = _turns.Dequeue();
            if (!IsForfeited(next)) _turns.Enqueue(next);
        }
    }

    public bool TryTake([NotNullWhen(true)] out TimeSeries? series)
    {
        while (_turns.TryDequeue(out series))
        {
            if (!IsForfeited(series)) return true;
        }
        return false;
    }

    private bool IsForfeited(TimeSeries series)
    {
        if (series.TurnsForfeited == 0) return false;
        series.TurnsForfeited--;
        _forfeited--;
        return true;
    }
}
