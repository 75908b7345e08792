using System.Text;
using Weir.Engine;
using Weir.Engine.Ingest;
using Weir.Engine.Series;

namespace Weir.Connectors.Text;

/// <summary>The series of one text, made as their names turn up, up to a limit.</summary>
internal sealed class TextSeriesSet(TimeSeriesEngine engine, LabelRule labels, int seriesMax)
{
    // A text can wait: its writer is held up until the engine has room, rather than points be lost.
    private static readonly LossPolicy Loss = LossPolicy.Block(TimeSpan.FromSeconds(10));

    private readonly Dictionary<string, TextSeries> _series = [];
    private readonly Dictionary<string, string?> _units = [];
    private readonly StringBuilder _suffix = new();
    private readonly List<Label> _labels = [];
    private TextSeries[] _all = [];

    public IReadOnlyList<TextSeries> All => Volatile.Read(ref _all);

    /// <summary>Values left out because there were as many series as allowed.</summary>
    public long Refused { get; private set; }

    /// <summary>Sends the values of a line. True when series joined.</summary>
    public bool Send(LineValues line, long time)
    {
        FindLabels(line);
        var before = _all.Length;
        foreach (var (name, value, unit) in line.Values)
        {
            var series = Find(name, unit);
            if (series is null) Refused++;
            else engine.Append(series.Series, [time], [Convert(value, unit, series.Unit)], Loss);
        }
        return _all.Length != before;
    }

    private void FindLabels(LineValues line)
    {
        _labels.Clear();
        _suffix.Clear();
        foreach (var text in line.Texts)
        {
            var name = SeriesNames.CleanLabel(text.Name);
            if (!labels.IsLabel(text.Name, text.Value) || _labels.Exists(label => label.Name == name)) continue;
            var label = new Label(name, SeriesNames.CleanValue(text.Value));
            _labels.Add(label);
            // A control character cannot stand in a name, so that it keeps the parts of a cache key apart.
            _suffix.Append('\0').Append(label.Name).Append('\0').Append(label.Value);
        }
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
}
