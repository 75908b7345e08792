using System.Globalization;
using Weir.Connectors;
using Weir.Connectors.Text;

namespace Weir.Cli.Pipe;

/// <summary>The page of a text: what it is understood as and what was left out, charts as series turn up, and below them a log of the other lines.</summary>
internal sealed class PipeDashboard : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    // A text that has made no charts by then may as well be a log.
    private const int LooksUntilLog = 4;

    private readonly Dashboard _dashboard;
    private readonly TextSource _source;
    private readonly TextWriter _messages;
    private readonly Poller _timer;
    private readonly TextHandle _status;
    private readonly PipeCharts _charts;
    private readonly HashSet<TextSeries> _known = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<string> _said = [];
    private readonly Lock _looking = new();
    private IReadOnlyList<TextSeries> _seen = [];
    private int _looks;
    private bool _hasLog;
    private bool _isFinished;

    public PipeDashboard(Dashboard dashboard, TextSource source, TextWriter messages, TimeProvider time)
    {
        (_dashboard, _source, _messages) = (dashboard, source, messages);
        _status = dashboard.Text("input", new TextOptions { Title = "Input", Span = 2 });
        _charts = new PipeCharts(dashboard);
        // Looked at in steps, so that the charts of a report can be put in order, and lines that begin it stay below.
        _timer = new Poller(time, Interval, Look);
    }

    /// <summary>The input has ended.</summary>
    public void Finish()
    {
        lock (_looking)
        {
            _isFinished = true;
            Look();
            var what = _source.Format is { } format ? $"understood as {format}" : "without values";
            var rest = string.Concat(Problems().Select(problem => $"; {problem}"));
            _messages.WriteLine($"The input has ended after {Count(_source.LineCount, "line")}, {what}{rest}.");
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Look()
    {
        lock (_looking)
        {
            var series = _source.Series;
            if (!ReferenceEquals(series, _seen))
            {
                _charts.Add(series.Where(_known.Add), _source.JoinedLabels);
                _seen = series;
            }
            if (_source.HasText && !_hasLog && (series.Count > 0 || _isFinished || ++_looks > LooksUntilLog))
            {
                _hasLog = true;
                _dashboard.Log("lines", new LogOptions { Title = "Other lines", Span = 2 });
            }
            if (_source.Format is { } format) Say("format", $"Reading {format}");
            if (_source.CutCount > 0) Say("cut", "A line was longer than 64 KB and was cut; the dashboard counts such lines.");
            if (_source.TimeNote is { } note) Say(note, note);
            ShowStatus();
        }
    }

    private void ShowStatus()
    {
        var waiting = _isFinished ? "No lines with values" : "Waiting for lines with values";
        var series = _source.Series.Count.ToString("N0", CultureInfo.InvariantCulture);
        List<string> parts = [_source.Format ?? waiting, Count(_source.LineCount, "line"), $"{series} series"];
        parts.AddRange(Problems());
        if (_source.TimeNote is { } note) parts.Add($"{note} (--time event, or --time COLUMN)");
        if (_isFinished) parts.Add("the input has ended");
        _status.Send(string.Join(" · ", parts));
    }

    /// <summary>What was left out, and how often.</summary>
    private IEnumerable<string> Problems()
    {
        var (count, example) = (_source.NotUnderstoodCount, _source.NotUnderstoodExample);
        if (count > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{count:N0} not understood, for example: {example}");
        if (_source.CutCount > 0) yield return $"{Count(_source.CutCount, "line")} cut";
        if (_source.RefusedCount > 0) yield return $"{Count(_source.RefusedCount, "value")} left out, there are too many series";
        if (_source.LostCount > 0) yield return $"{Count(_source.LostCount, "value")} lost, the engine had no room";
        var counters = _dashboard.Engine.Counters;
        if (counters.RefusedLate > 0) yield return $"{Count(counters.RefusedLate, "value")} refused, older than their series allows";
        if (counters.RefusedAhead > 0) yield return $"{Count(counters.RefusedAhead, "value")} refused, ahead of the clock";
    }

    private void Say(string what, string message)
    {
        // A note may change with each line; a terminal is told of a few.
        if (_said.Count < 8 && _said.Add(what)) _messages.WriteLine(message);
    }

    private static string Count(long count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");
}
