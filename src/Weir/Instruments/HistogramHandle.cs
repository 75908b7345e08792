using Weir.Engine.Instruments;
using Weir.Engine.Series;

namespace Weir;

/// <summary>
/// The distribution of values such as latencies and sizes, shown by its quantiles over each second: p50, p95 and p99 unless told otherwise, for each set of
/// labels. Recording takes no lock and allocates nothing.
/// </summary>
public sealed class HistogramHandle : WidgetHandle
{
    private readonly Histogram _histogram;

    internal HistogramHandle(Dashboard dashboard, string name, HistogramOptions given)
        : base(dashboard, name, "histogram") => (_histogram, GivenOptions) = (dashboard.Engine.Histogram(name, given.Quantiles), given);

    internal HistogramOptions GivenOptions { get; }

    /// <summary>Takes one value in. NaN and infinities are refused and counted (<c>weir_increments_refused_total</c>).</summary>
    public void Record(double value)
    {
        _histogram.Record(value);
        Dashboard.NoteSend();
    }

    /// <summary>
    /// Takes one value into the histogram that has these labels besides, in whatever order they are written: <c>latency.Record(12.3, ("route", "/x"))</c>.
    /// Allocates only when the labels are new. Each set of labels has a line for each quantile.
    /// </summary>
    /// <exception cref="ArgumentException">A label breaks the rules of <see cref="SeriesKey"/>, or is called <c>quantile</c>.</exception>
    public void Record(double value, params ReadOnlySpan<Label> labels)
    {
        _histogram.Record(value, labels);
        Dashboard.NoteSend();
    }

    /// <summary>The histogram that has these labels besides. Keep it where labels are known beforehand: recording to it looks nothing up.</summary>
    /// <exception cref="ArgumentException">A label breaks the rules of <see cref="SeriesKey"/>, or is called <c>quantile</c>.</exception>
    public Histogram With(params ReadOnlySpan<Label> labels)
    {
        Dashboard.NoteSend();
        return _histogram.With(labels);
    }
}
