using System.Runtime.CompilerServices;

namespace Weir;

/// <summary>Widgets of the default dashboard; see <see cref="Weir.Dashboard"/>.</summary>
public static partial class Live
{
    /// <inheritdoc cref="Dashboard.Metric"/>
    public static MetricHandle Metric(string id, MetricOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Dashboard.Metric(id, options, file, line);

    /// <inheritdoc cref="Dashboard.Stat"/>
    public static StatHandle Stat(string id, StatOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Dashboard.Stat(id, options, file, line);

    /// <inheritdoc cref="Dashboard.Gauge"/>
    public static GaugeHandle Gauge(string id, GaugeOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Dashboard.Gauge(id, options, file, line);

    /// <inheritdoc cref="Dashboard.LineChart"/>
    public static LineChartHandle LineChart(string id, LineChartOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Dashboard.LineChart(id, options, file, line);

    /// <inheritdoc cref="Dashboard.Table"/>
    public static TableHandle Table(string id, TableOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Dashboard.Table(id, options, file, line);

    /// <inheritdoc cref="Dashboard.Log"/>
    public static LogHandle Log(string id, LogOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Dashboard.Log(id, options, file, line);

    /// <inheritdoc cref="Dashboard.Text"/>
    public static TextHandle Text(string id, TextOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Dashboard.Text(id, options, file, line);

    /// <inheritdoc cref="Dashboard.Markdown"/>
    public static MarkdownHandle Markdown(string id, MarkdownOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Dashboard.Markdown(id, options, file, line);

    /// <inheritdoc cref="Dashboard.Query"/>
    public static QueryHandle Query(string id, string expression, LineChartOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Dashboard.Query(id, expression, options, file, line);

    /// <inheritdoc cref="Dashboard.Widget"/>
    public static CustomHandle Widget<TOptions>(string id, TOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        where TOptions : WidgetOptions, new() =>
        Dashboard.Widget(id, options, file, line);
}
