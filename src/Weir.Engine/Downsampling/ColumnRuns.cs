using Weir.Engine.Time;

namespace Weir.Engine.Downsampling;

/// <summary>Points in time order, cut at the edges of columns; columns without a point are passed over. The ends are searched for, so times are hardly read.</summary>
internal ref struct ColumnRuns
{
    private readonly ReadOnlySpan<long> _times;
    private readonly long _step;
    private int _end;

    public ColumnRuns(ReadOnlySpan<long> times, int values, long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        if (values != times.Length) throw new ArgumentException($"There are {times.Length} times and {values} values; each point has one of both.", nameof(values));
        _times = times;
        _step = step;
    }

    public (long Number, Range Range) Current { get; private set; }

    public readonly ColumnRuns GetEnumerator() => this;

    public bool MoveNext()
    {
        if (_end == _times.Length) return false;
        var begin = _end;
        var number = M4.ColumnOf(_times[begin], _step);
        _end = End(begin, number);
        Current = (number, begin.._end);
        return true;
    }

    private readonly int End(int begin, long number)
    {
        // The last column may end past what a long can say.
        var last = (Int128)(number + 1) * _step - 1;
        if (last >= _times[^1]) return _times.Length;
        return Search.FirstAtOrAfter(_times, (long)last + 1, begin);
    }
}
