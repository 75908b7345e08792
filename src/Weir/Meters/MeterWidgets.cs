using Weir.Connectors;
using Weir.Connectors.Meters;
using Weir.Engine.Series;
using Weir.Engine.Time;
using Weir.Engine.Windows;
using Weir.Layout;
using Weir.Visuals.Dashboards;

namespace Weir.Meters;

/// <summary>
/// Shows the instruments of a meter source: a page for each meter, a chart for each instrument, of a histogram its quantiles. A running total says little by its height, so
/// that counters are shown as a rate.
/// </summary>
internal sealed class MeterWidgets : IDisposable
{
    private const string RateWindow = "5s";
    private const string RestId = "other-meters";
    private static readonly string[] ShownQuantiles = ["0.5", "0.95", "0.99"];
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly Dashboard _dashboard;
    private readonly MeterSource _source;
    private readonly Lock _gate = new();
    private readonly HashSet<ObservedInstrument> _shown = [];
    private readonly HashSet<(string Meter, string Series)> _names = [];
    private readonly Poller _poller;
    private int _seriesSeen;

    public MeterWidgets(Dashboard dashboard, string pattern)
    {
        _dashboard = dashboard;
        _source = new MeterSource(dashboard.Engine, pattern);
        _poller = new Poller(dashboard.Time, LookInterval, Show);
    }

    public void Dispose()
    {
        _poller.Dispose();
        _source.Dispose();
    }

    /// <summary>Adds charts for instruments, and rates for series, that came since the last look.</summary>
    public void Show()
    {
        lock (_gate)
        {
            // In this order: a series is younger than its instrument, so that each series counted has its instrument in the list.
            var count = _dashboard.Engine.Catalog.Count;
            var instruments = _source.Instruments;
            TakeSeries(count, [.. instruments.Select(instrument => instrument.Meter)]);
            foreach (var instrument in instruments)
            {
                // An instrument without a measurement has no series, and what kind of series it will have is not known.
                if (_shown.Contains(instrument) || !_names.Contains((instrument.Meter, instrument.Series))) continue;
                _shown.Add(instrument);
                var id = WidgetIdOf(instrument);
                if (_dashboard.Document.FindWidget(id) is not null) continue;
                if (_dashboard.Document.Widgets.Count >= DashboardDocument.WidgetsMax) return;
                _dashboard.Document.AddWidget(OptionsOf(instrument, id), PageOf(instrument.Meter));
            }
        }
    }

    /// <summary>Takes note of series that came, and adds a rate to each that is a running total.</summary>
    private void TakeSeries(int count, HashSet<string> meters)
    {
        for (; _seriesSeen < count; _seriesSeen++)
        {
            var series = _dashboard.Engine.Catalog[_seriesSeen];
            if (series.Key.LabelValue("meter") is not { } meter || !meters.Contains(meter)) continue;
            _names.Add((meter, series.Key.Name));
            if (series.Kind == SeriesKind.Counter) _dashboard.Engine.Window(series, Duration.Parse(RateWindow), Aggregation.Rate);
        }
    }

    private static LineChartOptions OptionsOf(ObservedInstrument instrument, string id)
    {
        var isCounter = instrument.Kind == SeriesKind.Counter;
        var meter = instrument.Meter.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        return new LineChartOptions
        {
            Id = id,
            Title = instrument.Series,
            Help = instrument.Description,
            Queries = instrument.Kind == SeriesKind.Histogram
                ? [.. ShownQuantiles.Select(quantile => $"{instrument.Series}{{meter=\"{meter}\",quantile=\"{quantile}\"}}")]
                : [$"{instrument.Series}{(isCounter ? $":rate:{RateWindow}" : "")}{{meter=\"{meter}\"}}"],
            Unit = isCounter ? RateOf(instrument.Unit) : instrument.Unit,
        };
    }

    private static string RateOf(string? unit) => unit is null or "count" ? "/s" : unit + "/s";

    private static string WidgetIdOf(ObservedInstrument instrument)
    {
        var id = $"{instrument.Meter}:{instrument.Series}".Trim();
        var clean = string.Concat(id.Select(c => char.IsControl(c) || c is '"' or '{' or '}' or '*' or '?' or '=' or ',' ? '_' : c));
        return clean.Length <= SeriesKey.NameLengthMax ? clean : clean[..SeriesKey.NameLengthMax].TrimEnd();
    }

    /// <summary>The page of a meter. Meters past the limit on pages share the last one; where the application's own pages have all, they go to its last.</summary>
    private GridContainer PageOf(string meter)
    {
        var document = _dashboard.Document;
        var id = Pages.IdOf(meter);
        if (document.FindPage(id) is { } known) return known.Root;
        return document.Pages.Count switch
        {
            < DashboardDocument.PagesMax - 1 => document.AddPage(id, meter).Root,
            DashboardDocument.PagesMax - 1 => document.AddPage(RestId, "Other meters").Root,
            _ => document.Pages[^1].Root,
        };
    }
}
