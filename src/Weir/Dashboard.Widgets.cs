using System.Collections.Concurrent;
using Weir.Options;
using Weir.Visuals.Widgets;

namespace Weir;

/// <summary>Widgets: the first call with an id makes the widget where the current layout scope is; further calls return it.</summary>
public sealed partial class Dashboard
{
    private readonly ConcurrentDictionary<string, WidgetHandle> _handles = new();
    private readonly Lock _creation = new();

    /// <summary>One value over time.</summary>
    /// <param name="id">Name of the widget and of its series, unique on the dashboard: 1 to 256 characters without " { } * ? = , and control characters.</param>
    /// <param name="options">How it looks; counts on the first call.</param>
    /// <exception cref="ArgumentException">The id or an option is not allowed; the message says what is.</exception>
    /// <exception cref="InvalidOperationException">The id belongs to a widget of another kind, or its name to series that are no gauges.</exception>
    public MetricHandle Metric(string id, MetricOptions? options = null) => Find<MetricHandle>(id, "metric") ?? CreateMetric(id, options ?? new());

    /// <summary>One large number with its difference to before.</summary>
    /// <inheritdoc cref="Metric"/>
    public StatHandle Stat(string id, StatOptions? options = null) => Find<StatHandle>(id, "stat") ?? CreateStat(id, options ?? new());

    /// <summary>The newest value between two ends.</summary>
    /// <inheritdoc cref="Metric"/>
    public GaugeHandle Gauge(string id, GaugeOptions? options = null) => Find<GaugeHandle>(id, "gauge") ?? CreateGauge(id, options ?? new());

    /// <summary>Several series over time.</summary>
    /// <inheritdoc cref="Metric"/>
    public LineChartHandle LineChart(string id, LineChartOptions? options = null) => Find<LineChartHandle>(id, "line") ?? CreateLineChart(id, options ?? new());

    /// <summary>Rows, appended or upserted by a key.</summary>
    /// <inheritdoc cref="Metric"/>
    public TableHandle Table(string id, TableOptions? options = null) => Find<TableHandle>(id, "table") ?? CreateTable(id, options ?? new());

    /// <summary>Lines with a level, as they come.</summary>
    /// <inheritdoc cref="Metric"/>
    public LogHandle Log(string id, LogOptions? options = null) => Find<LogHandle>(id, "log") ?? CreateLog(id, options ?? new());

    /// <summary>Text that each send replaces.</summary>
    /// <inheritdoc cref="Metric"/>
    public TextHandle Text(string id, TextOptions? options = null) => Find<TextHandle>(id, "text") ?? CreateText(id, options ?? new());

    /// <summary>Markdown that each send replaces.</summary>
    /// <inheritdoc cref="Metric"/>
    public MarkdownHandle Markdown(string id, TextOptions? options = null) => Find<MarkdownHandle>(id, "markdown") ?? CreateMarkdown(id, options ?? new());

    private MetricHandle CreateMetric(string id, MetricOptions options) => Create(id, "metric", options, () =>
    {
        var handle = new MetricHandle(this, id);
        // Set only when asked for: the series may have a limit from elsewhere.
        if (options.MaxPoints is { } max) handle.Series.MaxPoints = Math.Max(max, Engine.Options.PointsKeptMin);
        var shown = options.ToWindow() is { } window ? Engine.Window(handle.Series, window) : handle.Series;
        return (handle, options.ToSpec(id) with { Series = [shown.Key.ToString()] });
    });

    private StatHandle CreateStat(string id, StatOptions options) => Create(id, "stat", options, () => (new StatHandle(this, id), options.ToSpec(id)));

    private GaugeHandle CreateGauge(string id, GaugeOptions options) => Create(id, "gauge", options, () => (new GaugeHandle(this, id), options.ToSpec(id)));

    private LineChartHandle CreateLineChart(string id, LineChartOptions options) =>
        Create(id, "line", options, () => (new LineChartHandle(this, id), options.ToSpec(id)));

    private TableHandle CreateTable(string id, TableOptions options) => Create(id, "table", options, () => (new TableHandle(this, id, options), options.ToSpec(id)));

    private LogHandle CreateLog(string id, LogOptions options) => Create(id, "log", options, () => (new LogHandle(this, id, options.MaxRows), options.ToSpec(id)));

    private TextHandle CreateText(string id, TextOptions options) => Create(id, "text", options, () => (new TextHandle(this, id), options.ToSpec(id)));

    private MarkdownHandle CreateMarkdown(string id, TextOptions options) =>
        Create(id, "markdown", options, () => (new MarkdownHandle(this, id), options.ToMarkdownSpec(id)));

    private THandle? Find<THandle>(string id, string kind)
        where THandle : WidgetHandle
    {
        ArgumentNullException.ThrowIfNull(id);
        if (!_handles.TryGetValue(id, out var known)) return null;
        return known as THandle ?? throw new InvalidOperationException(
            $"Widget '{id}' is a {known.Kind} and cannot also be a {kind}. Give one of them another id.");
    }

    private THandle Create<THandle>(string id, string kind, WidgetOptions options, Func<(THandle Handle, WidgetSpec Spec)> create)
        where THandle : WidgetHandle
    {
        WidgetId.Require(id);
        options.Validate(new OptionRules(kind, id));
        lock (_creation)
        {
            if (Find<THandle>(id, kind) is { } known) return known;
            // The place first: it may be refused, and then nothing is left behind.
            var place = PlaceForNext();
            var (handle, spec) = create();
            Document.AddWidget(spec, place);
            _handles[id] = handle;
            return handle;
        }
    }
}
