using System.Globalization;
using Weir.Connectors;
using Weir.Connectors.Text;
using Weir.Engine.Queries;

namespace Weir.Cli.Pipe;

/// <summary>Makes widgets of the series of a text as they turn up: a chart for each group of columns, each other field, and a log for the rest.</summary>
internal sealed class PipeDashboard : IDisposable
{
    // More would be no dashboard; the series are there all the same.
    private const int ChartsMax = 40;

    private readonly Dashboard _dashboard;
    private readonly TextSource _source;
    private readonly TextWriter _messages;
    private readonly Poller _timer;
    private readonly TextHandle _status;
    private readonly Dictionary<(string Group, string? Unit), LineChartOptions> _groups = [];
    private readonly HashSet<string> _names = [];
    private int _seen;
    private bool _hasLog;
    private bool _isFinished;
    private bool _saidCut;
    private string? _saidNote;
    private string? _format;

    public PipeDashboard(Dashboard dashboard, TextSource source, TextWriter messages, TimeProvider time)
    {
        (_dashboard, _source, _messages) = (dashboard, source, messages);
        _status = dashboard.Text("input", new TextOptions { Title = "Input", Span = 2 });
        source.Changed += Update;
        _timer = new Poller(time, TimeSpan.FromSeconds(1), ShowStatus);
    }

    /// <summary>The input has ended.</summary>
    public void Finish()
    {
        _isFinished = true;
        ShowStatus();
        var what = _source.Format is { } format ? $"understood as {format}" : "without values";
        _messages.WriteLine($"The input has ended after {_source.LineCount.ToString("N0", CultureInfo.InvariantCulture)} lines, {what}.");
        SayOnce();
        if (_source.NotUnderstoodCount > 0) _messages.WriteLine($"Not understood: {_source.NotUnderstoodCount}, for example: {_source.NotUnderstoodExample}");
    }

    public void Dispose()
    {
        _source.Changed -= Update;
        _timer.Dispose();
    }

    private void Update()
    {
        var series = _source.Series;
        for (; _seen < series.Count; _seen++) Add(series[_seen]);
        if (_source.HasText && !_hasLog)
        {
            _hasLog = true;
            _dashboard.Log("lines", new LogOptions { Title = "Other lines", Span = 2 });
        }
        if (_source.Format is not { } format || _format is not null) return;
        _format = format;
        _messages.WriteLine($"Reading {format}");
    }

    private void Add(TextSeries series)
    {
        var name = series.Series.Key.Name;
        if (!_names.Add(name) || _names.Count > ChartsMax * 8) return;
        if (series.Group.Length > 0) AddToGroup(series, name);
        else if (_dashboard.Document.Widgets.Count > ChartsMax) return;
        else if (series.Series.Key.Labels.Length == 0) _dashboard.Metric(name, new MetricOptions { Unit = Unit(series), Area = true });
        else AddChart(name, name, series);
    }

    private void AddToGroup(TextSeries series, string name)
    {
        var key = (series.Group, series.Unit);
        if (_groups.TryGetValue(key, out var spec))
        {
            _groups[key] = spec = spec with { Queries = [.. spec.Queries, Selector.TextOf(name)] };
            _dashboard.Document.ReplaceWidget(spec);
            return;
        }
        if (_dashboard.Document.Widgets.Count > ChartsMax) return;
        // One chart a unit: the header shows it behind the title.
        _groups[key] = AddChart($"chart {series.Group} {series.Unit}".TrimEnd(), series.Group, series);
    }

    private LineChartOptions AddChart(string id, string title, TextSeries series)
    {
        _dashboard.LineChart(id, new LineChartOptions { Title = title, Unit = Unit(series), Queries = [Selector.TextOf(series.Series.Key.Name)] });
        var spec = (LineChartOptions)_dashboard.Document.FindWidget(id)! with { Queries = [Selector.TextOf(series.Series.Key.Name)] };
        _dashboard.Document.ReplaceWidget(spec);
        return spec;
    }

    private void ShowStatus()
    {
        if (!_isFinished) SayOnce();
        var waiting = _isFinished ? "No lines with values" : "Waiting for lines with values";
        var text = string.Create(CultureInfo.InvariantCulture, $"{_source.Format ?? waiting} · {_source.LineCount:N0} lines · {_source.Series.Count:N0} series");
        if (_source.NotUnderstoodCount > 0) text += string.Create(CultureInfo.InvariantCulture, $" · {_source.NotUnderstoodCount:N0} not understood, for example: {_source.NotUnderstoodExample}");
        if (_source.RefusedCount > 0) text += string.Create(CultureInfo.InvariantCulture, $" · {_source.RefusedCount:N0} values left out, there are too many series");
        if (_source.CutCount > 0) text += string.Create(CultureInfo.InvariantCulture, $" · {_source.CutCount:N0} {(_source.CutCount == 1 ? "line" : "lines")} cut");
        if (_source.TimeNote is { } note) text += $" · {note} (--time event, or --time COLUMN)";
        _status.Send(_isFinished ? text + " · the input has ended" : text);
    }

    /// <summary>What a terminal is told once, when it happens.</summary>
    private void SayOnce()
    {
        if (_source.CutCount > 0 && !_saidCut)
        {
            _saidCut = true;
            _messages.WriteLine("A line was longer than 64 KB and was cut; the dashboard counts such lines.");
        }
        if (_source.TimeNote is not { } note || _saidNote == note) return;
        _saidNote = note;
        _messages.WriteLine(note);
    }

    private static string? Unit(TextSeries series) => series.Unit is { Length: <= 16 } unit ? unit : null;
}
