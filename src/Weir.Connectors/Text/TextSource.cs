using Weir.Connectors.Logs;
using Weir.Engine;
using Weir.Engine.Tables;

namespace Weir.Connectors.Text;

/// <summary>
/// Makes series of lines of text, such as the standard output of a program. The format is found by looking: bare numbers, columns with a header (vmstat,
/// iostat, mpstat, sar), comma-separated values, <c>key=value</c>, JSON lines. Lines that are none of these go to a log, so that nothing is lost.
/// </summary>
public sealed class TextSource
{
    // Something else is being written by now: the format is looked for anew.
    private const int FailuresInRowMax = 50;

    /// <summary>Lines with values after which a column of times that was named counts as missing.</summary>
    public const int LinesToTimeName = 100;

    private readonly TextSourceOptions _options;
    private readonly LogTable _log;
    private readonly TextSeriesSet _series;
    private readonly TextClock _clock;
    private readonly LineValues _values;
    private readonly Action<string> _sendText;
    private readonly JsonAssembly _json;
    private FormatDetector _detector;
    private LineFormat? _format;
    private int _failuresInRow;
    private bool _isEnded;

    /// <param name="engine">Where the points and lines go.</param>
    /// <param name="options">The defaults when null.</param>
    /// <param name="time">The engine's clock when null.</param>
    /// <exception cref="ArgumentException">An option lies outside its range, or the regular expression is none.</exception>
    public TextSource(TimeSeriesEngine engine, TextSourceOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        _options = options ?? new TextSourceOptions();
        _options.Validate();
        var labels = new LabelRule(_options.Labels, all: _options.Regex is not null);
        _log = engine.Tables.ResolveLog(_options.Log);
        _series = new TextSeriesSet(engine, labels, _options.SeriesMax);
        _clock = new TextClock(_options.Times, time ?? engine.Time);
        _values = new LineValues((time ?? engine.Time).LocalTimeZone, time ?? engine.Time) { TimeName = _options.TimeName };
        _detector = new FormatDetector(_options.Labels);
        if (_options.Regex is not null) _format = new RegexFormat(_options.Regex, labels);
        _sendText = SendText;
        _json = new JsonAssembly(TakeWhole);
    }

    /// <summary>What the lines are understood as, such as <c>vmstat: 17 columns</c>; null until that is known.</summary>
    public string? Format { get; private set; }

    /// <summary>Series made so far.</summary>
    public IReadOnlyList<TextSeries> Series => _series.All;

    public long LineCount { get; private set; }

    /// <summary>Lines that became values.</summary>
    public long ValueLineCount { get; private set; }

    /// <summary>Lines that do not fit the format of the others.</summary>
    public long NotUnderstoodCount { get; private set; }

    /// <summary>The last line that does not fit, at most 200 characters of it.</summary>
    public string? NotUnderstoodExample { get; private set; }

    /// <summary>Lines that were longer than allowed, of which the rest was skipped.</summary>
    public long CutCount { get; private set; }

    /// <summary>Values left out because there were as many series as allowed.</summary>
    public long RefusedCount => _series.Refused;

    /// <summary>Values lost because the engine had no room for them for ten seconds.</summary>
    public long LostCount => _series.Lost;

    /// <summary>Names that were labels at first and are none any more: series that carry one are parts of others.</summary>
    public IReadOnlyList<string> JoinedLabels => _series.JoinedLabels;

    /// <summary>Something about the times that may surprise, or null.</summary>
    public string? TimeNote => _values.UnreadTime is { } name
        ? $"The column '{name}' was not understood as a time; points stand at their arrival."
        : MissingTimeNote ?? _clock.Note;

    private string? MissingTimeNote =>
        _options.TimeName is { } name && !_values.HasSeenTimeName && (ValueLineCount >= LinesToTimeName || (_isEnded && ValueLineCount > 0))
            ? $"No line has a column '{name}'; points stand at their arrival. {ColumnsSeen}"
            : null;

    private string ColumnsSeen => $"Its columns are {string.Join(", ", _series.All.Select(series => series.Title).Distinct().Take(8))}.";

    /// <summary>Whether any line went to the log.</summary>
    public bool HasText { get; private set; }

    /// <summary>Raised on the reading thread when series joined, the format became known or the first line went to the log.</summary>
    public event Action? Changed;

    /// <summary>Reads UTF-8 lines until the stream ends.</summary>
    /// <param name="input">The text.</param>
    /// <param name="copy">What is read is written here as well, unchanged and at once; null for nowhere.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task RunAsync(Stream input, Stream? copy = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var lines = new LineSplitter(_options.LineLengthMax);
        var buffer = new byte[65_536];
        Action<string> take = TakeLine;
        while (await input.ReadAsync(buffer, cancellation).ConfigureAwait(false) is var read and > 0)
        {
            if (copy is not null)
            {
                await copy.WriteAsync(buffer.AsMemory(0, read), cancellation).ConfigureAwait(false);
                await copy.FlushAsync(cancellation).ConfigureAwait(false);
            }
            lines.Add(buffer.AsSpan(0, read), take);
            CutCount = lines.Cut;
            _series.Send();
        }
        if (lines.TakeRest() is { } rest) TakeLine(rest);
        CutCount = lines.Cut;
        End();
    }

    /// <summary>Takes one line, without its end.</summary>
    public void Take(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        TakeLine(line);
        _series.Send();
    }

    private void TakeLine(string line)
    {
        LineCount++;
        if (string.IsNullOrWhiteSpace(line)) return;
        if (_options.Regex is null) _json.Add(line);
        else TakeWhole(line);
    }

    private void TakeWhole(string line)
    {
        if (_format is null) Detect(line);
        else Read(_format, line);
    }

    /// <summary>The input has ended: lines that waited to be headers are text.</summary>
    public void End()
    {
        _json.Release();
        if (_format is null && _detector.Conclude() is { } format) Begin(format);
        _detector.ReleaseAll(_sendText);
        _isEnded = true;
        if (_series.ReleaseWaiting()) Changed?.Invoke();
        _series.Send();
        if (_format?.TakeUnconfirmed() is { } line) Fail(line);
    }

    private void Detect(string line)
    {
        if (_detector.Detect(line, _sendText) is not { } format) return;
        Begin(format);
    }

    private void Begin(LineFormat format)
    {
        _format = format;
        foreach (var line in _detector.TakeHeld()) Read(format, line);
    }

    private void Read(LineFormat format, string line)
    {
        _values.Clear();
        var result = format.Read(line, _values);
        foreach (var rejected in _values.Rejected) Fail(rejected);
        switch (result)
        {
            case LineResult.NotUnderstood:
                Fail(line);
                if (++_failuresInRow >= FailuresInRowMax && _options.Regex is null) Restart();
                break;
            case LineResult.Values:
                _failuresInRow = 0;
                Send(format);
                break;
        }
    }

    private void Send(LineFormat format)
    {
        ValueLineCount++;
        if (_series.Add(_values, _clock.TimeOf(_values, format.IsRecord)) || Format is null)
        {
            Format = format.Description;
            Changed?.Invoke();
        }
    }

    private void Restart()
    {
        _format = null;
        _failuresInRow = 0;
        _detector = new FormatDetector(_options.Labels);
    }

    private void Fail(string line)
    {
        // Before anything was understood there is no format that a line could miss.
        if (Format is not null)
        {
            NotUnderstoodCount++;
            NotUnderstoodExample = LogText.Clean(line.Length <= 200 ? line : line[..200] + "…");
        }
        SendText(line);
    }

    private void SendText(string line)
    {
        _log.Send(LogText.Clean(line), LogLevels.Detect(line));
        if (HasText) return;
        HasText = true;
        Changed?.Invoke();
    }
}
