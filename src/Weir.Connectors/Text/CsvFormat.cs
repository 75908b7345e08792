using Weir.Engine.Time;
using System.Globalization;

namespace Weir.Connectors.Text;

/// <summary>
/// Values separated by commas, semicolons or tabs, with a header or without. A column of times (by its name, or the first by its look) gives the time;
/// numbers are series called like their column, or <c>value</c>, <c>value2</c>… without a header; texts may be labels.
/// </summary>
internal sealed class CsvFormat(char separator, LabelRule labels) : LineFormat
{
    private readonly List<string> _fields = [];
    private readonly HashSet<string> _numbers = [];
    private string[]? _names;
    private string[]? _header;
    private Quantity?[]? _units;
    private bool _isGraphics;
    private string? _unconfirmed;
    private bool _isConfirmed;

    public override string Description
    {
        get
        {
            var kind = separator switch { ',' => "comma-separated values", ';' => "values separated by semicolons", _ => "values separated by tabs" };
            return $"{kind}: {_names?.Length ?? 0} columns";
        }
    }

    public override bool IsRecord => true;

    public override LineResult Read(string line, LineValues into)
    {
        CsvFields.Split(line, separator, _fields);
        if (_fields.Count is < 2 or > LineValues.ValuesMax) return LineResult.NotUnderstood;
        var numbers = _fields.Count(field => Quantity.TryParse(field, out _, separator == ',' ? null : into.Numbers));
        if (numbers == 0 && !_fields.Exists(field => Quantity.IsGap(field) || EventTime.IsDate(field))) return ReadHeader(line, into);
        if (_names is null || (!_isConfirmed && _names.Length != _fields.Count))
        {
            // Without a header nothing but numbers, after a time perhaps, is certain enough to be a row.
            var isTimed = EventTime.IsDate(_fields[0]);
            if (numbers + (isTimed ? 1 : 0) != _fields.Count) return LineResult.NotUnderstood;
            _names = Numbered(_fields.Count, isTimed);
        }
        if (_fields.Count != _names.Length || (numbers == 0 && !_isConfirmed)) return LineResult.NotUnderstood;
        for (var i = 0; i < _names.Length; i++)
        {
            if (into.Time is null && i == 0 && into.TimeName is null && EventTime.TryParseDate(_fields[0], into.Zone, out var time)) into.Time = time;
            else ReadField(i, into);
        }
        if (into.Values.Count == 0 && !into.Gaps.Exists(_numbers.Contains)) return LineResult.NotUnderstood;
        foreach (var (name, _, _) in into.Values) _numbers.Add(name);
        (_isConfirmed, _unconfirmed) = (true, null);
        return LineResult.Values;
    }

    public override string? TakeUnconfirmed() => _unconfirmed;

    private void ReadField(int column, LineValues into)
    {
        var (name, text) = (_names![column], _fields[column]);
        if (_units?[column] is { } unit && Quantity.TryParse(text, out var bare, into.Numbers) && bare.Unit is null)
        {
            into.Add(name, new Quantity(bare.Value * unit.Value, unit.Unit));
        }
        else if (_isGraphics && name == "index")
        {
            into.Labels.Add(new("gpu", text));
        }
        else
        {
            into.AddField(name, text, labels);
        }
    }

    /// <summary>As nvidia-smi writes its header: <c>memory.used [MiB]</c>. The unit is that of cells which do not tell theirs.</summary>
    private void TakeUnits()
    {
        for (var i = 0; i < _names!.Length; i++)
        {
            var open = _names[i].IndexOf(" [", StringComparison.Ordinal);
            if (open < 1 || !_names[i].EndsWith(']')) continue;
            if (!Quantity.TryParse($"1 {_names[i][(open + 2)..^1]}", out var unit) || unit.Unit is null) continue;
            _units ??= new Quantity?[_names.Length];
            _units[i] = unit;
            _names[i] = _names[i][..open];
        }
        // Rows of several cards differ in their index only.
        _isGraphics = Array.Exists(_names, name => name is "utilization.gpu" or "utilization.memory" or "memory.used" or "temperature.gpu" or "power.draw");
    }

    private LineResult ReadHeader(string line, LineValues into)
    {
        if (_isConfirmed) return _header is not null && _fields.SequenceEqual(_header) ? LineResult.Structure : LineResult.NotUnderstood;
        if (_unconfirmed is not null) into.Rejected.Add(_unconfirmed);
        _unconfirmed = line;
        _names = Unique(_fields);
        _header = [.. _fields];
        TakeUnits();
        return LineResult.Structure;
    }

    private static string[] Unique(List<string> fields)
    {
        var names = fields.ToArray();
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i].Length == 0) names[i] = "column" + (i + 1).ToString(CultureInfo.InvariantCulture);
            for (var n = 2; Array.IndexOf(names, names[i], 0, i) >= 0; n++) names[i] = fields[i] + n.ToString(CultureInfo.InvariantCulture);
        }
        return names;
    }

    internal static string[] Numbered(int count, bool isTimed)
    {
        var names = new string[count];
        for (var i = 0; i < count; i++)
        {
            var number = i + (isTimed ? 0 : 1);
            names[i] = number == 0 ? "time" : number == 1 ? "value" : "value" + number.ToString(CultureInfo.InvariantCulture);
        }
        return names;
    }
}
