using System.Text;
using Weir.Engine;
using Weir.Engine.Ingest;
using Weir.Engine.Series;
using Weir.Engine.Time;

namespace Weir.Connectors.Text;

/// <summary>
/// The series of one text, made as their names turn up, up to a limit. Lines with a text field of which it is not known yet whether it is a label
/// wait, at most <see cref="WaitingMax"/> lines or two seconds; then the field counts as none until its values repeat.
/// </summary>
internal sealed class TextSeriesSet(TimeSeriesEngine engine, LabelRule labels, int seriesMax)
{
    /// <summary>Lines that wait at most.</summary>
    public const int WaitingMax = 64;

    private const long WaitNanoseconds = 2 * UnixTime.NanosecondsPerSecond;

    // A text can wait: its writer is held up until the engine has room, rather than points be lost.
    private static readonly LossPolicy Loss = LossPolicy.Block(TimeSpan.FromSeconds(10));

    private readonly Dictionary<string, TextSeries> _series = [];
    private readonly Dictionary<string, string?> _units = [];
    private readonly Queue<WaitingLine> _waiting = new();
    private readonly StringBuilder _suffix = new();
    private readonly List<Label> _labels = [];
    private TextSeries[] _all = [];

    public IReadOnlyList<TextSeries> All => Volatile.Read(ref _all);

    /// <summary>Values left out because there were as many series as allowed.</summary>
    public long Refused { get; private set; }

    /// <summary>Sends the values of a line, or has it wait. True when series joined.</summary>
    public bool Send(LineValues line, long time)
    {
        var before = _all.Length;
        var isUndecided = false;
        foreach (var text in line.Texts) isUndecided |= labels.See(text.Name, text.Value) == LabelEvidence.Undecided;
        if (!isUndecided && _waiting.Count == 0)
        {
            Write(line.Values, line.Gaps, line.Labels, line.Texts, time);
            return _all.Length != before;
        }
        _waiting.Enqueue(new WaitingLine([.. line.Values], [.. line.Gaps], [.. line.Labels], [.. line.Texts], time, UnixTime.Now(engine.Time)));
        var oldest = _waiting.Peek();
        var isDecided = _waiting.All(one => one.Texts.TrueForAll(text => labels.Of(text.Name, text.Value) != LabelEvidence.Undecided));
        if (isDecided || _waiting.Count >= WaitingMax || UnixTime.Now(engine.Time) - oldest.Arrival > WaitNanoseconds) Flush();
        return _all.Length != before;
    }

    /// <summary>Sends the lines that wait. True when series joined.</summary>
    public bool Flush()
    {
        var before = _all.Length;
        while (_waiting.TryDequeue(out var line)) Write(line.Values, line.Gaps, line.Labels, line.Texts, line.Time);
        return _all.Length != before;
    }

    private void Write(List<(string Name, double Value, string? Unit)> values, List<string> gaps, List<Label> certain, List<Label> texts, long time)
    {
        FindLabels(certain, texts);
        foreach (var (name, value, unit) in values)
        {
            var series = Find(name, unit);
            if (series is null) Refused++;
            else Append(series, time, Convert(value, unit, series.Unit));
        }
        foreach (var name in gaps)
        {
            // A series that has no value yet needs no gap.
            if (_series.TryGetValue(_suffix.Length == 0 ? name : name + _suffix, out var known)) Append(known, time, double.NaN);
        }
    }

    private void Append(TextSeries series, long time, double value) => engine.Append(series.Series, [time], [value], Loss);

    private void FindLabels(List<Label> certain, List<Label> texts)
    {
        _labels.Clear();
        _suffix.Clear();
        foreach (var text in certain) AddLabel(text);
        foreach (var text in texts)
        {
            if (labels.Of(text.Name, text.Value) == LabelEvidence.Label) AddLabel(text);
        }
    }

    private void AddLabel(Label text)
    {
        var name = SeriesNames.CleanLabel(text.Name);
        if (_labels.Count >= SeriesKey.LabelsMax || _labels.Exists(label => label.Name == name) || text.Value.Length == 0) return;
        var label = new Label(name, SeriesNames.CleanValue(text.Value));
        _labels.Add(label);
        // A control character cannot stand in a name, so that it keeps the parts of a cache key apart.
        _suffix.Append('\0').Append(label.Name).Append('\0').Append(label.Value);
    }

    private TextSeries? Find(string name, string? unit)
    {
        var key = _suffix.Length == 0 ? name : name + _suffix;
        if (_series.TryGetValue(key, out var known)) return known;
        if (_series.Count >= seriesMax) return null;
        // One unit a name, so that series which differ in their labels only can stand on one axis.
        if (!_units.TryAdd(name, unit)) unit = _units[name];
        var series = new TextSeries(engine.Resolve(new SeriesKey(SeriesNames.Clean(name), _labels.ToArray())), unit);
        _series[key] = series;
        Volatile.Write(ref _all, [.. _all, series]);
        return series;
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
