using Weir.Engine.Series;
using Weir.Layout;
using Weir.Server.Metrics;
using Weir.Visuals.Dashboards;
using Weir.Visuals.Widgets;

namespace Weir.Instruments;

/// <summary>The built-in dashboard of Weir itself, <c>/d/weir</c>: a chart for each group of its own metrics.</summary>
internal static class SelfDashboard
{
    public const string Id = "weir";

    private const string Matcher = $"meter=\"{WeirMeter.Name}\"";

    /// <summary>Names of the counters, whose charts show rates.</summary>
    public static IEnumerable<string> Counters => WeirMetrics.All.Where(metric => metric.Type == MetricType.Counter).Select(metric => metric.Name);

    /// <summary>Adds the charts at the end of a container.</summary>
    public static void AddCharts(DashboardDocument document, Container place)
    {
        foreach (var chart in WeirMetrics.All.GroupBy(metric => metric.Chart)) document.AddWidget(OptionsOf(chart.Key, [.. chart]), place);
    }

    private static LineChartOptions OptionsOf(string title, List<WeirMetric> metrics)
    {
        var (kind, unit) = (KindOf(metrics[0].Type), UnitOf(metrics[0]));
        return InstrumentChart.Create("weir." + Pages.IdOf(title), kind, unit, InstrumentChart.Quantiles, metrics[0].Name, Matcher) with
        {
            Title = title,
            Help = string.Join(" ", metrics.Select(metric => metric.Help)),
            Queries = [.. metrics.SelectMany(metric => InstrumentChart.Selectors(metric.Name, kind, InstrumentChart.Quantiles, Matcher))],
            Axis = new ChartAxis(Min: 0),
        };
    }

    private static SeriesKind KindOf(MetricType type) => type switch
    {
        MetricType.Counter => SeriesKind.Counter,
        MetricType.Histogram => SeriesKind.Histogram,
        _ => SeriesKind.Gauge,
    };

    private static string UnitOf(WeirMetric metric) => metric.Unit switch { "By" => "bytes", "s" => "s", _ => "count" };
}
