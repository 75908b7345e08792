using Weir.Connectors.Text;
using Weir.Engine.Queries;
using Weir.Engine.Series;

namespace Weir.Cli.Pipe;

/// <summary>The charts of a text: one for each group of columns and unit, and one for each other field.</summary>
internal sealed class PipeCharts(Dashboard dashboard)
{
    // More would be no dashboard; the series are there all the same.
    private const int ChartsMax = 40;

    private readonly Dictionary<(string Group, string? Unit), string> _groups = [];
    private readonly Dictionary<string, HashSet<Label>> _labels = [];
    private readonly Dictionary<string, int> _counts = [];
    /// <summary>Names of the series of each line chart, by its id.</summary>
    private readonly Dictionary<string, List<string>> _charts = [];
    private string[] _joined = [];

    /// <summary>Adds charts of series that are new, the telling ones first.</summary>
    /// <param name="series">All that are new.</param>
    /// <param name="joined">Labels that are none any more.</param>
    public void Add(IEnumerable<TextSeries> series, IReadOnlyList<string> joined)
    {
        if (joined.Count != _joined.Length)
        {
            _joined = [.. joined];
            foreach (var (id, names) in _charts) Replace(id, spec => spec with { Queries = [.. names.Select(Select)] });
        }
        // A group stands where its most telling member does, and keeps the order of its columns.
        var groups = series.GroupBy(one => one.Group.Length > 0 ? (one.Group, one.Unit) : (one.Series.Key.Name + "\0", null));
        foreach (var group in groups.OrderByDescending(group => group.Max(ChartRank.Of)))
        {
            foreach (var one in group) Add(one);
        }
    }

    private void Add(TextSeries series)
    {
        var name = series.Series.Key.Name;
        var isNew = !_counts.TryGetValue(name, out var count);
        if (isNew && _counts.Count >= ChartsMax * 8) return;
        _counts[name] = count + 1;
        if (series.Group.Length > 0)
        {
            if (isNew) AddToGroup(series, name);
        }
        else if (!isNew)
        {
            Tell(name, series);
        }
        else if (dashboard.Document.Widgets.Count <= ChartsMax)
        {
            if (series.Series.Key.Labels.Length == 0) dashboard.Metric(name, new MetricOptions { Title = series.Title, Unit = Unit(series), Area = true });
            else AddChart(name, series.Title, series);
            Tell(name, series);
        }
    }

    private void AddToGroup(TextSeries series, string name)
    {
        var key = (series.Group, series.Unit);
        if (_groups.TryGetValue(key, out var id))
        {
            _charts[id].Add(name);
            Replace(id, spec => spec with { Queries = [.. spec.Queries, Select(name)] });
            return;
        }
        if (dashboard.Document.Widgets.Count > ChartsMax) return;
        // One chart a unit: the header shows it behind the title.
        _groups[key] = id = $"chart {series.Group} {series.Unit}".TrimEnd();
        AddChart(id, series.Group, series);
    }

    private void AddChart(string id, string title, TextSeries series)
    {
        var selector = Select(series.Series.Key.Name);
        dashboard.LineChart(id, new LineChartOptions { Title = title, Unit = Unit(series), Queries = [selector] });
        _charts[id] = [series.Series.Key.Name];
        Replace(id, spec => spec with { Queries = [selector] });
    }

    /// <summary>A label with one value tells nothing: the legend names what differs, and is left out where nothing does.</summary>
    private void Tell(string name, TextSeries series)
    {
        if (!_charts.ContainsKey(name)) return;
        if (!_labels.TryGetValue(name, out var labels)) _labels[name] = labels = [];
        foreach (var label in series.Series.Key.Labels) labels.Add(label);
        var differing = labels.GroupBy(label => label.Name).Where(values => values.Count() > 1).Select(values => values.Key).ToArray();
        Replace(name, spec => spec with { Legend = _counts[name] > 1, LegendLabel = differing.Length == 1 ? differing[0] : null });
    }

    private void Replace(string id, Func<LineChartOptions, LineChartOptions> change)
    {
        if (dashboard.Document.FindWidget(id) is LineChartOptions spec) dashboard.Document.ReplaceWidget(change(spec));
    }

    private string Select(string name) => Selector.TextOf(name, string.Join(',', _joined.Select(label => $"{label}=\"\"")));

    private static string? Unit(TextSeries series) => series.Unit is { Length: <= 16 } unit ? unit : null;
}
