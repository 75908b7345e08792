using Weir.Connectors;
using Weir.Connectors.Meters;
using Weir.Engine.Series;
using Weir.Hosting;
using Weir.Instruments;
using Weir.Layout;
using Weir.Visuals.Dashboards;

namespace Weir.Meters;

/// <summary>
/// Shows the instruments of a meter source: a page for each meter, a chart for each instrument. An instrument that cannot be shown is counted, told once and
/// keeps no other from its chart.
/// </summary>
internal sealed class MeterWidgets : IDisposable
{
    private const string RestId = "other-meters";
    private const int NamesTold = 10;
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly Dashboard _dashboard;
    private readonly MeterSource _source;
    private readonly Lock _gate = new();
    private readonly HashSet<ObservedInstrument> _taken = [];
    private readonly HashSet<(string Meter, string Series)> _names = [];
    private readonly Poller _poller;
    private int _seriesSeen;
    private int _leftOut;

    public MeterWidgets(Dashboard dashboard, string pattern)
    {
        _dashboard = dashboard;
        _source = new MeterSource(dashboard.Engine, pattern, callbackFailed: (instrument, failure) => DashboardLog.CallbackFailed(dashboard.Logger, instrument, failure));
        _poller = new Poller(dashboard.Time, LookInterval, Show);
    }

    /// <summary>Instruments without a chart: those past the limit on widgets, and those whose chart failed.</summary>
    public int LeftOut => Volatile.Read(ref _leftOut);

    public void Dispose()
    {
        _poller.Dispose();
        _source.Dispose();
    }

    /// <summary>Adds charts for instruments that came since the last look.</summary>
    public void Show()
    {
        lock (_gate)
        {
            // In this order: a series is younger than its instrument, so that each series counted has its instrument in the list.
            var end = _dashboard.Engine.Catalog.End;
            var instruments = _source.Instruments;
            TakeNames(end, [.. instruments.Select(instrument => instrument.Meter)]);
            var cutOff = new List<string>();
            foreach (var instrument in instruments)
            {
                // An instrument without a measurement has no series, and its chart would be empty.
                if (!_names.Contains((instrument.Meter, instrument.Series)) || !_taken.Add(instrument)) continue;
                try
                {
                    if (!TryShow(instrument)) cutOff.Add(instrument.Series);
                }
                catch (Exception e)
                {
                    _leftOut++;
                    DashboardLog.ChartFailed(_dashboard.Logger, instrument.Series, e);
                }
            }
            if (cutOff.Count > 0) TellCutOff(cutOff);
        }
    }

    private void TakeNames(int end, HashSet<string> meters)
    {
        foreach (var series in _dashboard.Engine.Catalog.Joined(_seriesSeen, end))
        {
            if (series.Key.LabelValue("meter") is { } meter && meters.Contains(meter)) _names.Add((meter, series.Key.Name));
        }
        _seriesSeen = end;
    }

    /// <summary>False when the dashboard has no room for a further widget.</summary>
    private bool TryShow(ObservedInstrument instrument)
    {
        var document = _dashboard.Document;
        var id = WidgetIdOf(instrument);
        if (document.FindWidget(id) is not null) return true;
        if (document.Widgets.Count >= DashboardDocument.WidgetsMax) return false;
        if (instrument.Kind == SeriesKind.Counter) _dashboard.Rates.Watch(instrument.Series);
        document.AddWidget(OptionsOf(instrument, id), PageOf(instrument.Meter));
        return true;
    }

    private void TellCutOff(List<string> names)
    {
        _leftOut += names.Count;
        var listed = string.Join(", ", names.Take(NamesTold));
        if (names.Count > NamesTold) listed += $" and {names.Count - NamesTold} more";
        DashboardLog.ChartsCutOff(_dashboard.Logger, DashboardDocument.WidgetsMax, names.Count, listed);
    }

    private static LineChartOptions OptionsOf(ObservedInstrument instrument, string id)
    {
        var meter = instrument.Meter.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        return InstrumentChart.Create(id, instrument.Kind, instrument.Unit, InstrumentChart.Quantiles, instrument.Series, $"meter=\"{meter}\"") with
        {
            Title = instrument.Series,
            Help = instrument.Description,
        };
    }

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
