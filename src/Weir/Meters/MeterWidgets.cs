using Weir.Connectors.Meters;
using Weir.Engine.Series;
using Weir.Engine.Time;
using Weir.Engine.Windows;
using Weir.Options;
using Weir.Visuals.Layouts;
using Weir.Visuals.Widgets;

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
    private readonly HashSet<string> _shown = [];
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
            var instruments = _source.Instruments;
            AddRates(instruments);
            foreach (var instrument in instruments)
            {
                var id = WidgetIdOf(instrument);
                if (!_shown.Add(id) || _dashboard.Document.FindWidget(id) is not null) continue;
                if (_dashboard.Document.Widgets.Count >= Visuals.Dashboards.DashboardDocument.WidgetsMax) return;
                _dashboard.Document.AddWidget(SpecOf(instrument, id), PageOf(instrument.Meter));
            }
        }
    }

    private void AddRates(IReadOnlyList<ObservedInstrument> instruments)
    {
        var catalog = _dashboard.Engine.Catalog;
        var counters = instruments.Where(instrument => instrument.Kind == SeriesKind.Counter).Select(instrument => instrument.Meter).ToHashSet();
        for (; _seriesSeen < catalog.Count; _seriesSeen++)
        {
            var series = catalog[_seriesSeen];
            if (series.Kind == SeriesKind.Counter && series.Key.LabelValue("meter") is { } meter && counters.Contains(meter))
            {
                _dashboard.Engine.Window(series, Duration.Parse(RateWindow), Aggregation.Rate);
            }
        }
    }

    private static LineSpec SpecOf(ObservedInstrument instrument, string id)
    {
        // Of a histogram, how many values there are a second: its name has the suffix only on its series.
        var isCounter = instrument.Kind == SeriesKind.Counter;
        var meter = $"{{meter=\"{instrument.Meter.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"}}";
        string[] selectors = isCounter
            ? [$"{instrument.Series}:rate:{RateWindow}{meter}", $"{instrument.Series}.count:rate:{RateWindow}{meter}"]
            : [instrument.Series + meter];
        return new LineSpec(id)
        {
            Title = instrument.Series,
            Help = instrument.Description,
            Series = selectors,
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

    private GridNode PageOf(string meter) => _dashboard.Document.AddPage(Pages.IdOf(meter), meter).Root;
}
