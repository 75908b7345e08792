using Weir.Engine.Series;
using Weir.Engine.Sketches;

namespace Weir.Engine.Instruments;

/// <summary>One collection: the interval that ended, what the threads counted, and where points go.</summary>
/// <param name="previous">Where the interval began, in Unix nanoseconds.</param>
/// <param name="time">Where it ended.</param>
/// <param name="sums">The sums of all threads by slot.</param>
/// <param name="take">Takes a point into a series.</param>
/// <param name="distribute">Takes a copy of a distribution into a series; null when nobody keeps them.</param>
internal readonly ref struct Collection(
    long previous, long time, ReadOnlySpan<Accumulator> sums, Action<TimeSeries, long, double> take, Action<TimeSeries, long, QuantileSketch>? distribute)
{
    public long Previous { get; } = previous;

    public long Time { get; } = time;

    public ReadOnlySpan<Accumulator> Sums { get; } = sums;

    /// <summary>Keeps what the interval's values came to.</summary>
    public void Distribute(TimeSeries series, QuantileSketch sketch) => distribute?.Invoke(series, Previous, sketch);

    public void Take(TimeSeries series, long at, double value) => take(series, at, value);
}
