using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Weir.Engine.Queries;
using Weir.Engine.Series;
using Weir.Visuals.Widgets;

namespace Weir;

/// <summary>Widgets: the first call with an id makes the widget where the current layout scope is; further calls return it.</summary>
public sealed partial class Dashboard
{
    private readonly ConcurrentDictionary<string, WidgetHandle> _handles = new();
    private readonly Lock _creation = new();

    /// <summary>One value over time.</summary>
    /// <param name="id">Name of the widget and of its series, unique on the dashboard: 1 to 256 characters without " { } * ? = , and control characters.</param>
    /// <param name="options">How it looks. A further call with the same id gives none or the same ones.</param>
    /// <param name="file">Where the call stands; the compiler gives it.</param>
    /// <param name="line">Where the call stands; the compiler gives it.</param>
    /// <exception cref="ArgumentException">The id or an option is not allowed; the message says what is.</exception>
    /// <exception cref="InvalidOperationException">
    /// The id belongs to a widget of another kind or with other options (the message names both places), or its name to series that are no gauges.
    /// </exception>
    public MetricHandle Metric(string id, MetricOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Known<MetricHandle>(id, "metric", options) ?? CreateMetric(id, options, Place(file, line));

    /// <summary>One large number with its difference to before.</summary>
    /// <inheritdoc cref="Metric"/>
    public StatHandle Stat(string id, StatOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Known<StatHandle>(id, "stat", options) ?? CreateStat(id, options, Place(file, line));

    /// <summary>The newest value between two ends.</summary>
    /// <inheritdoc cref="Metric"/>
    public GaugeHandle Gauge(string id, GaugeOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Known<GaugeHandle>(id, "gauge", options) ?? CreateGauge(id, options, Place(file, line));

    /// <summary>Several series over time.</summary>
    /// <inheritdoc cref="Metric"/>
    public LineChartHandle LineChart(string id, LineChartOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Known<LineChartHandle>(id, "line", options) ?? CreateLineChart(id, options, Place(file, line));

    /// <summary>Rows, appended or upserted by a key.</summary>
    /// <inheritdoc cref="Metric"/>
    public TableHandle Table(string id, TableOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Known<TableHandle>(id, "table", options) ?? CreateTable(id, options, Place(file, line));

    /// <summary>Lines with a level, as they come.</summary>
    /// <inheritdoc cref="Metric"/>
    public LogHandle Log(string id, LogOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Known<LogHandle>(id, "log", options) ?? CreateLog(id, options, Place(file, line));

    /// <summary>Text that each send replaces.</summary>
    /// <inheritdoc cref="Metric"/>
    public TextHandle Text(string id, TextOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Known<TextHandle>(id, "text", options) ?? CreateText(id, options, Place(file, line));

    /// <summary>Markdown that each send replaces.</summary>
    /// <inheritdoc cref="Metric"/>
    public MarkdownHandle Markdown(string id, MarkdownOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0) =>
        Known<MarkdownHandle>(id, "markdown", options) ?? CreateMarkdown(id, options, Place(file, line));

    private MetricHandle CreateMetric(string id, MetricOptions? options, string? place) =>
        FindOrCreate(id, "metric", options, place, options =>
        {
            var handle = new MetricHandle(this, id);
            // Set only when asked for: the series may have a limit from elsewhere.
            if (options.MaxPoints is { } max) handle.Series.MaxPoints = Math.Max(max, Engine.Options.PointsKeptMin);
            return (handle, Showing(options, handle));
        });

    private StatHandle CreateStat(string id, StatOptions? options, string? place) =>
        FindOrCreate(id, "stat", options, place, options =>
        {
            var handle = new StatHandle(this, id);
            return (handle, Showing(options, handle));
        });

    private GaugeHandle CreateGauge(string id, GaugeOptions? options, string? place) =>
        FindOrCreate(id, "gauge", options, place, options =>
        {
            var handle = new GaugeHandle(this, id);
            return (handle, Showing(options, handle));
        });

    private LineChartHandle CreateLineChart(string id, LineChartOptions? options, string? place) =>
        FindOrCreate(id, "line", options, place, options => (new LineChartHandle(this, id, options.ToWindow()), options with
        {
            Queries = [LineChartHandle.SelectorOf(id, options.ToWindow()), .. options.Queries],
            LegendLabel = options.LegendLabel ?? (options.Queries.Count == 0 ? LineChartHandle.SeriesLabel : null),
        }));

    private TableHandle CreateTable(string id, TableOptions? options, string? place) =>
        FindOrCreate(id, "table", options, place, options => (new TableHandle(this, id, options), options with { Table = options.Table ?? id }));

    private LogHandle CreateLog(string id, LogOptions? options, string? place) =>
        FindOrCreate(id, "log", options, place, options => (new LogHandle(this, id, options.MaxRows), options with { Table = options.Table ?? id }));

    private TextHandle CreateText(string id, TextOptions? options, string? place) =>
        FindOrCreate(id, "text", options, place, options => (new TextHandle(this, id), options with { Table = options.Table ?? id }));

    private MarkdownHandle CreateMarkdown(string id, MarkdownOptions? options, string? place) =>
        FindOrCreate(id, "markdown", options, place, options => (new MarkdownHandle(this, id), options with { Table = options.Table ?? id }));

    /// <summary>The widget of a call without options, which most calls are: they look it up and allocate nothing.</summary>
    private THandle? Known<THandle>(string id, string kind, WidgetOptions? options)
        where THandle : WidgetHandle => options is null ? Find<THandle>(id, kind) : null;

    private TOptions Showing<TOptions>(TOptions options, ValueHandle handle)
        where TOptions : SeriesWidgetOptions
    {
        if (options.Queries.Count > 0) return options;
        return options with { Queries = [Selector.TextOf(ShownBy(options, handle.Series).Key.Name)] };
    }

    /// <summary>The series of the widget, or that of its windows.</summary>
    private TimeSeries ShownBy(SeriesWidgetOptions options, TimeSeries series) => options.ToWindow() is { } window ? Engine.Window(series, window) : series;

    /// <summary>The name of the file without its folders: they would tell viewers where the program was built.</summary>
    private static string? Place(string file, int line) =>
        file.Length == 0 ? null : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{file[(file.LastIndexOfAny(['/', '\\']) + 1)..]}:{line}");

    private THandle FindOrCreate<TOptions, THandle>(string id, string kind, TOptions? options, string? place, Func<TOptions, (THandle Handle, TOptions Shown)> create)
        where TOptions : WidgetOptions, new()
        where THandle : WidgetHandle
    {
        if (options is { Id.Length: > 0 } && options.Id != id) throw new ArgumentException($"Id of {kind} '{id}' is '{options.Id}'; leave it out, the call gives it.", nameof(options));
        var given = (options ?? new TOptions()) with { Id = id, Source = null };
        OptionRules.Check(given);
        lock (_creation)
        {
            if (Find<THandle>(id, kind) is { } made)
            {
                if (options is not null) RequireSame(made, given, place);
                return made;
            }
            // The place first: it may be refused, and then nothing is left behind.
            var parent = PlaceForNext();
            var (handle, shown) = create(given);
            (handle.Given, handle.Source) = (given, place);
            Document.AddWidget(shown with { Source = place }, parent);
            _handles[id] = handle;
            return handle;
        }
    }

    private static void RequireSame(WidgetHandle made, WidgetOptions given, string? place)
    {
        // As text: records compare lists by reference.
        var (first, second) = (made.Given!.ToJson(), given.ToJson());
        if (first == second) return;
        throw new InvalidOperationException(
            $"The {made.Kind} '{made.Id}' was made at {made.Source ?? "an unknown place"} with the options {first}; at {place ?? "an unknown place"} it was given {second}. "
            + "Give the options at one of the two calls only, or the same ones at both, or another id.");
    }

    private THandle? Find<THandle>(string id, string kind)
        where THandle : WidgetHandle
    {
        ArgumentNullException.ThrowIfNull(id);
        if (!_handles.TryGetValue(id, out var known)) return null;
        return known as THandle ?? throw new InvalidOperationException(
            $"Widget '{id}' is a {known.Kind} and cannot also be a {kind}. Give one of them another id.");
    }
}
