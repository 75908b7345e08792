using Weir.Connectors.Meters;
using Weir.Engine.Series;
using Weir.Engine.Time;
using Weir.Engine.Windows;
using Weir.Layout;
using Weir.Visuals.Dashboards;
using Weir.Visuals.Layouts;

namespace Weir.Meters;

/// <summary>
/// Shows the instruments of a meter source: a page for each meter, a chart for each instrument. A running total says little by its height, so
/// that counters are shown as a rate.
/// </summary>
internal sealed class MeterWidgets : IDisposable
{
    private const string RateWindow = "5s";
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly Dashboard _dashboard;
    private readonly MeterSource _source;
    private readonly Lock _gate = new();
    private readonly HashSet<ObservedInstrument> _shown = [];
    private readonly HashSet<(string Meter, string Series)> _names = [];
    private readonly ITimer _timer;
    private int _seriesSeen;

    public MeterWidgets(Dashboard dashboard, string pattern)
    {
        _dashboard = dashboard;
        _source = new MeterSource(dashboard.Engine, pattern);
        _timer = dashboard.Time.CreateTimer(_ => Show(), null, TimeSpan.Zero, LookInterval);
    }

    public void Dispose()
    {
        _timer.Dispose();
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
                if (_shown.Contains(instrument) || SeriesNameOf(instrument) is not { } name) continue;
                _shown.Add(instrument);
                var id = WidgetIdOf(instrument);
                if (_dashboard.Document.FindWidget(id) is not null) continue;
                if (_dashboard.Document.Widgets.Count >= DashboardDocument.WidgetsMax) return;
                _dashboard.Document.AddWidget(OptionsOf(instrument, name, id), PageOf(instrument.Meter));
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

    /// <summary>The series to show: of a histogram, the number of its values. Null while there is none.</summary>
    private string? SeriesNameOf(ObservedInstrument instrument)
    {
        if (_names.Contains((instrument.Meter, instrument.Series))) return instrument.Series;
        var count = instrument.Series + ".count";
        return _names.Contains((instrument.Meter, count)) ? count : null;
    }

    private static LineChartOptions OptionsOf(ObservedInstrument instrument, string name, string id)
    {
        var isCounter = instrument.Kind == SeriesKind.Counter;
        var meter = instrument.Meter.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
        return new LineChartOptions
        {
            Id = id,
            Title = instrument.Series,
            Help = instrument.Description,
            Queries = [$"{name}{(isCounter ? $":rate:{RateWindow}" : "")}{{meter=\"{meter}\"}}"],
            Unit = name != instrument.Series ? "/s" : isCounter ? RateOf(instrument.Unit) : instrument.Unit,
        };
    }

    private static string RateOf(string? unit) => unit is null or "count" ? "/s" : unit + "/s";

    private static string WidgetIdOf(ObservedInstrument instrument)
    {
        var id = $"{instrument.Meter}:{instrument.Series}".Trim();
        var clean = string.Concat(id.Select(c => char.IsControl(c) || c is '"' or '{' or '}' or '*' or '?' or '=' or ',' ? '_' : c));
        return clean.Length <= SeriesKey.NameLengthMax ? clean : clean[..SeriesKey.NameLengthMax].TrimEnd();
    }

    private GridNode PageOf(string meter) => _dashboard.Document.AddPage(Pages.IdOf(meter), meter).Root;
}
