namespace Weir.Connectors.Text;

/// <summary>
/// Finds the format of lines by trying: the first format that makes values of a line, with what it learned from the lines just before (headers), is
/// it.
/// </summary>
internal sealed class FormatDetector(IReadOnlyCollection<string>? labels)
{
    // iostat and vmstat put no more than a banner and two lines of headers before their rows.
    private const int HeldMax = 3;

    // After so many lines without values the input is a text; its lines are no longer held back in case they are headers.
    private const int TextLines = 10;

    private readonly Queue<string> _held = new();
    private readonly Queue<string> _commas = new();
    private readonly LineValues _scratch = new(TimeZoneInfo.Utc);
    private CommaEvidence? _evidence = new();
    private int _lines;

    /// <summary>Lines that wait to be headers, oldest first.</summary>
    public IReadOnlyCollection<string> Held => _held;

    /// <summary>
    /// Looks at a line. Returns its format, new and not yet fed with anything, or null; a line that cannot become a header is handed to
    /// <paramref name="release"/>.
    /// </summary>
    public LineFormat? Detect(string line, Action<string> release)
    {
        // A header above tells that these are columns.
        if (_evidence is not null && _held.Count == 0 && _evidence.TryAdd(line))
        {
            _commas.Enqueue(line);
            return _evidence.Count < CommaEvidence.LinesMax ? null : Conclude();
        }
        if (_commas.Count > 0)
        {
            _commas.Enqueue(line);
            return Conclude();
        }
        foreach (var create in Candidates())
        {
            var format = create();
            foreach (var earlier in _held) Try(format, earlier);
            if (Try(format, line) is LineResult.Values && (_scratch.Values.Count > 0 || _scratch.Gaps.Count == 0))
            {
                _held.Enqueue(line);
                return create();
            }
        }
        _lines++;
        if (CouldBeHeader(line))
        {
            _held.Enqueue(line);
        }
        else
        {
            ReleaseAll(release);
            release(line);
        }
        var heldMax = _lines <= TextLines ? HeldMax : 2;
        while (_held.Count > heldMax) release(_held.Dequeue());
        return null;
    }

    /// <summary>Decides on lines of two numbers around a comma, if there are any.</summary>
    public LineFormat? Conclude()
    {
        if (_commas.Count == 0 || _evidence is null) return null;
        LineFormat format = _evidence.IsDecimal() ? new ColumnsFormat(new LabelRule(labels), hasDecimalComma: true) : new CsvFormat(',', new LabelRule(labels));
        _evidence = null;
        while (_commas.TryDequeue(out var line)) _held.Enqueue(line);
        return format;
    }

    /// <summary>Gives up on the lines that wait.</summary>
    public void ReleaseAll(Action<string> release)
    {
        while (_held.TryDequeue(out var line)) release(line);
    }

    /// <summary>Takes the lines for the format that was found: those that waited and the one that told it.</summary>
    public string[] TakeHeld()
    {
        var lines = _held.ToArray();
        _held.Clear();
        return lines;
    }

    private IEnumerable<Func<LineFormat>> Candidates()
    {
        yield return () => new JsonFormat(new LabelRule(labels));
        yield return () => new KnownLines();
        yield return () => new TopFormat();
        yield return () => new AccessLogFormat();
        yield return () => new ColumnsFormat(new LabelRule(labels));
        yield return () => new NamedValueFormat();
        yield return () => new WideColumnsFormat(new LabelRule(labels));
        yield return () => new CsvFormat(',', new LabelRule(labels));
        yield return () => new CsvFormat(';', new LabelRule(labels));
        yield return () => new CsvFormat('\t', new LabelRule(labels));
        yield return () => new PairsFormat(new LabelRule(labels));
    }

    private LineResult Try(LineFormat format, string line)
    {
        _scratch.Clear();
        return format.Read(line, _scratch);
    }

    /// <summary>A header has words and no numbers; late in a text without values only one that looks like a table's is waited for.</summary>
    private bool CouldBeHeader(string line)
    {
        if (line.Length > 1024) return false;
        if (_lines > TextLines) return line.StartsWith("procs", StringComparison.Ordinal) || line.Contains('%', StringComparison.Ordinal);
        foreach (var word in line.AsSpan().SplitAny(" \t,;"))
        {
            if (Quantity.TryParse(line.AsSpan(word), out _)) return false;
        }
        return true;
    }
}
