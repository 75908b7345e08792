namespace Weir.Engine.Windows;

/// <summary>
/// What a window needs to know of its points to answer any <see cref="Aggregation"/>. Points are added in time order. One kernel for batch and
/// stream: a stream adds to a state that it keeps, a batch adds everything to a new one.
/// </summary>
public struct WindowState
{
    private double _sum;
    private double _mean;
    private double _squares;
    private double _min;
    private double _max;
    private double _first;
    private double _last;
    private double _increase;
    private double _previous;
    private long _count;

    /// <param name="previous">The last finite value before the window, from which a rate goes on; NaN when there is none.</param>
    public WindowState(double previous)
    {
        this = default;
        (_min, _max, _first, _last, _previous) = (double.PositiveInfinity, double.NegativeInfinity, double.NaN, double.NaN, previous);
    }

    /// <summary>The last finite value seen, in this window or before it.</summary>
    public readonly double Previous => _previous;

    public void Add(double value)
    {
        if (!double.IsFinite(value)) return;
        if (_count == 0) _first = value;
        _count++;
        _sum += value;
        // Welford 1962: exact where the naive sum of squares cancels.
        var difference = value - _mean;
        _mean += difference / _count;
        _squares += difference * (value - _mean);
        _min = Math.Min(_min, value);
        _max = Math.Max(_max, value);
        if (!double.IsNaN(_previous)) _increase += value >= _previous ? value - _previous : value;
        _previous = _last = value;
    }

    /// <param name="aggregation">Which value.</param>
    /// <param name="seconds">Length of the window, for rates.</param>
    public readonly double Result(Aggregation aggregation, double seconds) => aggregation switch
    {
        Aggregation.Count => _count,
        _ when _count == 0 => double.NaN,
        Aggregation.Sum => _sum,
        Aggregation.Avg => _sum / _count,
        Aggregation.Min => _min,
        Aggregation.Max => _max,
        Aggregation.Rate => _increase / seconds,
        Aggregation.First => _first,
        Aggregation.Last => _last,
        Aggregation.Delta => _last - _first,
        Aggregation.StdDev => Math.Sqrt(_squares / _count),
        _ => throw new ArgumentOutOfRangeException(nameof(aggregation), aggregation, "Not an aggregation."),
    };
}
