using System.Globalization;
using System.Runtime.InteropServices;
using Weir.Engine.Series;
using Weir.Engine.Time;

namespace Weir.Connectors.Text;

/// <summary>
/// Columns separated by blanks: bare numbers, or a header and rows, as vmstat, iostat, mpstat and sar print them. Headers may repeat and change. A
/// text column is a label.
/// </summary>
/// <remarks>
/// vmstat's first row holds averages since the machine started, except of processes and memory: only these are taken from it. iostat's first
/// report is such an average as a whole and is left out.
/// </remarks>
/// <param name="labels">Which texts are labels.</param>
/// <param name="hasDecimalComma">Whether a comma in a word is known to be a decimal one.</param>
internal sealed class ColumnsFormat(LabelRule labels, bool hasDecimalComma = false) : LineFormat
{
    private readonly List<TextToken> _tokens = [];
    private readonly Dictionary<string, ColumnHeader> _known = [];
    private readonly HashSet<ColumnHeader> _repeated = [];
    private List<TextToken> _groups = [];
    private ColumnHeader? _header;
    private ColumnHeader? _candidate;
    private bool _hasCommas;
    private bool _isVmstat;
    private bool _isIostat;

    public override string Description
    {
        get
        {
            var columns = _known.Count == 0 ? _header?.Names.Length ?? 0 : _known.Values.Sum(header => header.Names.Length);
            return $"{(_isVmstat ? "vmstat" : _isIostat ? "iostat" : _known.Count > 0 ? "columns with a header" : "numbers")}: {columns} {(columns == 1 ? "column" : "columns")}";
        }
    }

    public override LineResult Read(string line, LineValues into)
    {
        TextToken.Split(line, _tokens);
        if (_tokens.Count is 0 or > LineValues.ValuesMax) return LineResult.NotUnderstood;
        if (_tokens[0].Text == "Average:") return LineResult.Structure;
        // One word with commas is a line of a table that is separated by them.
        if (!hasDecimalComma && _tokens.Count == 1 && line.AsSpan().IndexOfAny(",;") >= 0)
        {
            _hasCommas = true;
            return LineResult.NotUnderstood;
        }
        if (_tokens[0].Text == "#") _tokens.RemoveAt(0);
        if (_tokens.Count == 0) return LineResult.NotUnderstood;
        if (line.StartsWith('#') && _candidate is not null && _candidate.TryTakeUnits(_tokens)) return LineResult.Structure;
        if (line.StartsWith('#') && _header is not null && _header.TryTakeUnits(_tokens)) return LineResult.Structure;
        if (_tokens.Count == 2 && _header is null or { IsNumbered: true } && Quantity.TryParse(line, out var single, into.Numbers) && single.Unit is not null)
        {
            _header ??= ColumnHeader.Numbered(1, isTimed: false);
            into.Add("value", single);
            return LineResult.Values;
        }
        if (ColumnHeader.IsGroups(_tokens))
        {
            Reject(into);
            _groups = [.. _tokens];
            return LineResult.Structure;
        }
        if (hasDecimalComma) into.Numbers.LearnComma();
        DropClock(into);
        MergeDate();
        var numbers = _tokens.Count(token => Quantity.TryParse(token.Text, out _, into.Numbers));
        if (numbers == 0 && !_tokens.Exists(token => EventTime.IsDate(token.Text))) return ReadHeader(line, into);
        return ReadRow(numbers, into);
    }

    public override string? TakeUnconfirmed() => _candidate?.Text;

    private LineResult ReadHeader(string line, LineValues into)
    {
        // Words of prose end in points and commas, those of a header seldom do.
        if (_tokens.Count == 0 || line.Length > 1024 || _tokens.Exists(token => token.Text[^1] is '.' or ',' or '!' or ';')) return LineResult.NotUnderstood;
        Reject(into);
        MergeMountedOn();
        var header = ColumnHeader.Create(line, CollectionsMarshal.AsSpan(_tokens), _groups);
        if (_known.TryGetValue(line.Trim(), out var known))
        {
            _header = known;
            _repeated.Add(known);
            return LineResult.Structure;
        }
        _candidate = header;
        return LineResult.Structure;
    }

    private LineResult ReadRow(int numbers, LineValues into)
    {
        if ((_candidate ?? _header) is { IsNumbered: false } named && IsRowOfNamed(named))
        {
            var row = _tokens[0];
            _tokens.RemoveAt(0);
            into.Labels.Add(new Label("row", row.Text.TrimEnd(':')));
            (_header, _candidate) = (named, null);
            if (_known.Count < 64) _known[_header.Text.Trim()] = _header;
            for (var i = 0; i < _tokens.Count; i++)
            {
                if (Quantity.TryParse(_tokens[i].Text, out var cell, into.Numbers)) into.Add(named.Names[i], cell);
                else into.AddGap(named.Names[i]);
            }
            return LineResult.Values;
        }
        if (_candidate is not null && Fits(_candidate, numbers))
        {
            (_header, _candidate) = (_candidate, null);
            // Headers that never end to change would fill memory; a report has a few.
            if (_known.Count < 64) _known[_header.Text.Trim()] = _header;
            (_isVmstat, _isIostat) = (_isVmstat || _header.IsVmstat, _isIostat || _header.IsIostat);
            var isAverage = _header.IsVmstat || _header.IsIostat;
            ReadCells(_header, into, isSinceStart: isAverage);
            return LineResult.Values;
        }
        // After such a line, or a date, a comma separates: "21/Nov/2024:12:00:00 +0000,5" is a time and 5.
        if (_header is null && (_hasCommas || numbers < _tokens.Count) && _tokens.Exists(token => token.Text.Contains(','))) return LineResult.NotUnderstood;
        if (_header is null && numbers == _tokens.Count - (EventTime.IsDate(_tokens[0].Text) ? 1 : 0))
        {
            _header = ColumnHeader.Numbered(_tokens.Count, numbers < _tokens.Count);
        }
        if (_header is null || !Fits(_header, numbers)) return LineResult.NotUnderstood;
        Reject(into);
        ReadCells(_header, into, isSinceStart: _header.IsIostat && !_repeated.Contains(_header));
        return LineResult.Values;
    }

    /// <summary>As free prints: rows begin with a name and a colon above which the header has nothing, and may be shorter than it.</summary>
    private bool IsRowOfNamed(ColumnHeader header) =>
        _tokens.Count > 1 && _tokens[0].Text.EndsWith(':') && _tokens.Count - 1 <= header.Names.Length
        && _tokens.Skip(1).All(token => Quantity.TryParse(token.Text, out _) || Quantity.IsGap(token.Text));

    /// <summary>Whether the line has a cell for each column, texts only where names of things stand: in the first two columns and the last.</summary>
    private bool Fits(ColumnHeader header, int numbers)
    {
        if (_tokens.Count != header.Names.Length || (numbers == 0 && !header.HasCores)) return false;
        if (numbers == _tokens.Count) return true;
        for (var i = 0; i < _tokens.Count; i++)
        {
            var text = _tokens[i].Text;
            if (i < 2 || i == _tokens.Count - 1 || header.Labels[i] || header.TryRead(i, text, null, out _) || Quantity.IsGap(text)) continue;
            return false;
        }
        return true;
    }

    private void ReadCells(ColumnHeader header, LineValues into, bool isSinceStart)
    {
        for (var i = 0; i < _tokens.Count; i++)
        {
            var (name, text) = (header.Names[i], _tokens[i].Text);
            if (into.Time is null && EventTime.TryParseDate(text, into.Zone, out var time))
            {
                into.Time = time;
                continue;
            }
            var isNumber = header.TryRead(i, text, into.Numbers, out var quantity);
            if (header.Labels[i] || labels.IsChosen(name) || (!isNumber && !Quantity.IsGap(text)))
            {
                header.Labels[i] = true;
                var label = new Label(name.ToLower(CultureInfo.InvariantCulture), text);
                // A column of names names the rows; any other text must prove it.
                if (i == 0 || header.IsNaming[i]) into.Labels.Add(label);
                else into.Texts.Add(label);
            }
            else if (!isNumber)
            {
                into.AddGap(name);
            }
            else if ((!isSinceStart || (header.IsVmstat && IsPresent(name))))
            {
                into.Add(name, quantity.Unit is null ? new Quantity(quantity.Value, header.Units[i]) : quantity);
            }
        }
    }

    private static bool IsPresent(string name) =>
        name.StartsWith("procs.", StringComparison.Ordinal) || name.StartsWith("memory.", StringComparison.Ordinal) || name == "swap.swpd";

    private void DropClock(LineValues into)
    {
        if (_tokens.Count < 2 || !_tokens[0].IsClock) return;
        var isHalf = _tokens.Count > 2 && _tokens[1].IsHalfOfDay;
        into.TakeClock(isHalf ? $"{_tokens[0].Text} {_tokens[1].Text}" : _tokens[0].Text);
        _tokens.RemoveRange(0, isHalf ? 2 : 1);
    }

    /// <summary>A date and a time of day in two words become one.</summary>
    private void MergeDate()
    {
        for (var i = 0; i + 1 < _tokens.Count; i++)
        {
            if (!_tokens[i + 1].IsClock) continue;
            var text = $"{_tokens[i].Text} {_tokens[i + 1].Text}";
            if (!EventTime.IsDate(text)) continue;
            _tokens[i] = new TextToken(text, _tokens[i].Begin);
            _tokens.RemoveAt(i + 1);
        }
    }

    /// <summary>The one header of df in two words.</summary>
    private void MergeMountedOn()
    {
        if (_tokens.Count < 3 || _tokens[^1].Text != "on" || _tokens[^2].Text != "Mounted") return;
        _tokens[^2] = new TextToken("mounted", _tokens[^2].Begin);
        _tokens.RemoveAt(_tokens.Count - 1);
    }

    private void Reject(LineValues into)
    {
        if (_candidate is not null) into.Rejected.Add(_candidate.Text);
        _candidate = null;
    }
}
