using Weir.Engine;
using Weir.Server.Gateway;

namespace Weir.Server.Metrics;

/// <summary>What Weir's own metrics are read from.</summary>
internal sealed record MetricOrigin(TimeSeriesEngine Engine, ViewerGateway Gateway);

/// <summary>How the values of a metric are meant.</summary>
internal enum MetricType
{
    /// <summary>A level, up and down.</summary>
    Gauge,

    /// <summary>A running total since the start.</summary>
    Counter,

    /// <summary>A distribution.</summary>
    Histogram,
}

/// <summary>One of Weir's own metrics.</summary>
/// <param name="Name">Name of the instrument, parts divided by dots, without a unit.</param>
/// <param name="Type">How its values are meant.</param>
/// <param name="Unit">In UCUM: <c>By</c>, <c>s</c>, or a noun in braces for what is counted.</param>
/// <param name="Chart">Title of the chart that shows it, on the built-in dashboard; metrics of one chart have one type and one unit.</param>
/// <param name="Help">What it tells, in a sentence.</param>
internal sealed record WeirMetric(string Name, MetricType Type, string Unit, string Chart, string Help)
{
    /// <summary>Name of the label that tells the <see cref="Samples"/> apart; null for a single one.</summary>
    public string? Label { get; init; }

    /// <summary>How each value is read, and what the label says of it. None for a histogram.</summary>
    public IReadOnlyList<MetricSample> Samples { get; init; } = [];

    /// <summary>The same name as Prometheus writes it, with the unit where it has one: <c>weir_sent_bytes</c>.</summary>
    public string PrometheusName => Name.Replace('.', '_') + (PrometheusUnit is { } unit ? "_" + unit : "");

    /// <summary>The unit as Prometheus writes it; null where a noun is counted.</summary>
    public string? PrometheusUnit => Unit switch { "By" => "bytes", "s" => "seconds", _ => null };
}

/// <summary>One value of a metric.</summary>
/// <param name="LabelValue">What the metric's label says; null for a metric without one.</param>
/// <param name="Read">Reads the value now.</param>
internal sealed record MetricSample(string? LabelValue, Func<MetricOrigin, double> Read);
