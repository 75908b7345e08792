using System.Buffers;
using Weir.Engine;
using Weir.Engine.Series;
using Weir.Engine.Time;

namespace Weir.Connectors.Text;

/// <summary>
/// The series of one text, made as their names turn up, up to a limit. Lines with a text field of which it is not known yet whether it is a label
/// wait, at most <see cref="WaitingMax"/> lines or two seconds; then the field counts as none until its values repeat. When a field stops being a
/// label, the series that it divided are joined into one, with the points they had.
/// </summary>
internal sealed class TextSeriesSet(TimeSeriesEngine engine, LabelRule labels, int seriesMax)
{
    /// <summary>Lines that wait at most.</summary>
    public const int WaitingMax = 64;

    /// <summary>Points that are kept in case their series are joined. When there are more, the labels found so far are as good as certain.</summary>
    public const int KeptMax = 65_536;

    private const long WaitNanoseconds = 2 * UnixTime.NanosecondsPerSecond;

    private readonly Dictionary<string, Dictionary<string, SeriesBlock>> _blocks = [];
    private readonly Dictionary<string, string?> _units = [];
    private readonly Queue<WaitingLine> _waiting = new();
    private readonly ArrayBufferWriter<char> _suffix = new();
    private readonly List<Label> _labels = [];
    private readonly List<SeriesBlock> _unsent = [];
    private readonly List<string> _joined = [];
    private TextSeries[] _all = [];
    private string[] _joinedNow = [];
    private bool _hasGuess;
    private int _kept;

    public IReadOnlyList<TextSeries> All => Volatile.Read(ref _all);

    /// <summary>Labels that are none any more; series with them are parts of others.</summary>
    public IReadOnlyList<string> JoinedLabels => Volatile.Read(ref _joinedNow);

    /// <summary>Values left out because there were as many series as allowed.</summary>
    public long Refused { get; private set; }

    /// <summary>Values that the engine had no room for.</summary>
    public long Lost { get; private set; }

    /// <summary>Takes the values of a line, or has it wait. True when series joined or left.</summary>
    public bool Add(LineValues line, long time)
    {
        var before = _all;
        var isUndecided = false;
        foreach (var text in line.Texts) isUndecided |= labels.See(text.Name, text.Value) == LabelEvidence.Undecided;
        while (labels.Dropped.TryDequeue(out var field)) Join(field);
        if (!isUndecided && _waiting.Count == 0)
        {
            Write(line.Values, line.Gaps, line.Labels, line.Texts, time);
            return _all != before;
        }
        _waiting.Enqueue(new WaitingLine([.. line.Values], [.. line.Gaps], [.. line.Labels], [.. line.Texts], time, UnixTime.Now(engine.Time)));
        var oldest = _waiting.Peek();
        var isDecided = _waiting.All(one => one.Texts.TrueForAll(text => labels.Of(text.Name, text.Value) != LabelEvidence.Undecided));
        if (isDecided || _waiting.Count >= WaitingMax || UnixTime.Now(engine.Time) - oldest.Arrival > WaitNanoseconds) ReleaseWaiting();
        return _all != before;
    }

    /// <summary>Takes the lines that wait. True when series joined.</summary>
    public bool ReleaseWaiting()
    {
        var before = _all;
        while (_waiting.TryDequeue(out var line)) Write(line.Values, line.Gaps, line.Labels, line.Texts, line.Time);
        return _all != before;
    }

    /// <summary>Hands all points to the engine, one block a series.</summary>
    public void Send()
    {
        foreach (var block in _unsent) Lost += block.Send(engine);
        _unsent.Clear();
    }

    private void Write(List<(string Name, double Value, string? Unit)> values, List<string> gaps, List<Label> certain, List<Label> texts, long time)
    {
        FindLabels(certain, texts);
        var lookup = _blocks.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(_suffix.WrittenSpan, out var blocks)) lookup[_suffix.WrittenSpan] = blocks = [];
        foreach (var (name, value, unit) in values)
        {
            var block = Find(blocks, name, unit);
            if (block is null) Refused++;
            else Append(block, time, Convert(value, unit, block.Series.Unit));
        }
        foreach (var name in gaps)
        {
            // A series that has no value yet needs no gap.
            if (blocks.TryGetValue(name, out var known)) Append(known, time, double.NaN);
        }
    }

    private void Append(SeriesBlock block, long time, double value)
    {
        if (block.Add(time, value)) _unsent.Add(block);
        if (block.Kept is not null && ++_kept > KeptMax) ForgetKept();
        if (!block.IsFull) return;
        Lost += block.Send(engine);
        _unsent.Remove(block);
    }

    private void FindLabels(List<Label> certain, List<Label> texts)
    {
        _labels.Clear();
        _suffix.ResetWrittenCount();
        _hasGuess = false;
        foreach (var text in certain) AddLabel(text);
        foreach (var text in texts)
        {
            if (labels.Of(text.Name, text.Value) != LabelEvidence.Label) continue;
            AddLabel(text);
            _hasGuess = true;
        }
    }

    private void AddLabel(Label text)
    {
        var name = SeriesNames.CleanLabel(text.Name);
        if (_labels.Count >= SeriesKey.LabelsMax || text.Value.Length == 0) return;
        foreach (var known in _labels)
        {
            if (known.Name == name) return;
        }
        var label = new Label(name, SeriesNames.CleanValue(text.Value));
        _labels.Add(label);
        // A control character cannot stand in a name, so that it keeps the parts of a cache key apart.
        _suffix.Write("\0");
        _suffix.Write(label.Name);
        _suffix.Write("\0");
        _suffix.Write(label.Value);
    }

    private SeriesBlock? Find(Dictionary<string, SeriesBlock> blocks, string name, string? unit)
    {
        if (blocks.TryGetValue(name, out var known)) return known;
        if (_all.Length >= seriesMax) return null;
        // One unit a name, so that series which differ in their labels only can stand on one axis.
        if (!_units.TryAdd(name, unit)) unit = _units[name];
        Label[] own = [.. _labels];
        var series = new TextSeries(engine.Resolve(new SeriesKey(SeriesNames.Clean(name), own)), unit) { Title = TitleOf(name) };
        var block = new SeriesBlock(series, name, own);
        if (_hasGuess && _kept <= KeptMax) block.Keep();
        blocks[name] = block;
        Volatile.Write(ref _all, [.. _all, series]);
        return block;
    }

    private static string TitleOf(string name)
    {
        var trimmed = name.Trim();
        return trimmed.Length == 0 ? "value" : trimmed[..Math.Min(trimmed.Length, SeriesKey.NameLengthMax)];
    }

    /// <summary>Joins the series that a label divided, with the points of theirs that were kept, in order of time.</summary>
    private void Join(string field)
    {
        var label = SeriesNames.CleanLabel(field);
        var parts = _blocks.Values.SelectMany(blocks => blocks.Values).Where(block => Array.Exists(block.Labels, one => one.Name == label)).ToArray();
        if (parts.Length == 0) return;
        var gone = parts.Select(block => block.Series).ToHashSet();
        Volatile.Write(ref _all, [.. _all.Where(series => !gone.Contains(series))]);
        foreach (var part in parts)
        {
            _unsent.Remove(part);
            foreach (var blocks in _blocks.Values.Where(blocks => blocks.TryGetValue(part.Name, out var block) && block == part)) blocks.Remove(part.Name);
        }
        foreach (var group in parts.GroupBy(part => (part.Name, string.Join('\0', part.Labels.Where(one => one.Name != label)))))
        {
            JoinInto(group.First(), label, [.. group]);
        }
        foreach (var part in parts) part.Clear();
        _joined.Add(label);
        Volatile.Write(ref _joinedNow, [.. _joined]);
    }

    private void JoinInto(SeriesBlock first, string label, SeriesBlock[] parts)
    {
        _labels.Clear();
        _suffix.ResetWrittenCount();
        foreach (var one in first.Labels)
        {
            if (one.Name != label) AddLabel(one);
        }
        var lookup = _blocks.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(_suffix.WrittenSpan, out var blocks)) lookup[_suffix.WrittenSpan] = blocks = [];
        _hasGuess = _labels.Count > 0;
        if (Find(blocks, first.Name, first.Series.Unit) is not { } whole) return;
        foreach (var (time, value) in parts.Where(part => part.Kept is not null).SelectMany(part => part.Kept!).OrderBy(point => point.Time))
        {
            if (whole.AddExactly(time, value)) _unsent.Add(whole);
        }
    }

    private void ForgetKept()
    {
        foreach (var block in _blocks.Values.SelectMany(blocks => blocks.Values)) block.Forget();
    }

    /// <summary>A program that prints 900us and then 1.2ms means one thing; its first unit stays.</summary>
    private static double Convert(double value, string? unit, string? wanted)
    {
        if (unit == wanted || Quantity.NanosecondsOf(unit) is not { } from || Quantity.NanosecondsOf(wanted) is not { } to) return value;
        return value * from / to;
    }

    private sealed record WaitingLine(
        List<(string Name, double Value, string? Unit)> Values, List<string> Gaps, List<Label> Labels, List<Label> Texts, long Time, long Arrival);
}
