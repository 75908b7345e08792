namespace Weir;

/// <summary>Widgets of the default dashboard; see <see cref="Weir.Dashboard"/>.</summary>
public static partial class Live
{
    /// <inheritdoc cref="Dashboard.Metric"/>
    public static MetricHandle Metric(string id, MetricOptions? options = null) => Dashboard.Metric(id, options);

    /// <inheritdoc cref="Dashboard.Stat"/>
    public static StatHandle Stat(string id, StatOptions? options = null) => Dashboard.Stat(id, options);

    /// <inheritdoc cref="Dashboard.Gauge"/>
    public static GaugeHandle Gauge(string id, GaugeOptions? options = null) => Dashboard.Gauge(id, options);

    /// <inheritdoc cref="Dashboard.LineChart"/>
    public static LineChartHandle LineChart(string id, LineChartOptions? options = null) => Dashboard.LineChart(id, options);

    /// <inheritdoc cref="Dashboard.Table"/>
    public static TableHandle Table(string id, TableOptions? options = null) => Dashboard.Table(id, options);

    /// <inheritdoc cref="Dashboard.Log"/>
    public static LogHandle Log(string id, LogOptions? options = null) => Dashboard.Log(id, options);

    /// <inheritdoc cref="Dashboard.Text"/>
    public static TextHandle Text(string id, TextOptions? options = null) => Dashboard.Text(id, options);

    /// <inheritdoc cref="Dashboard.Markdown"/>
    public static MarkdownHandle Markdown(string id, TextOptions? options = null) => Dashboard.Markdown(id, options);
}
