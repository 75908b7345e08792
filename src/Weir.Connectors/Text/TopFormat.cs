using System.Globalization;
using System.Text.RegularExpressions;
using Weir.Engine.Series;

namespace Weir.Connectors.Text;

/// <summary>
/// <c>top -b</c> of procps: load, tasks, processors, memory and swap, and of each process its share of processor and memory. Of a screen the first
/// <see cref="RowsMax"/> processes are read, of the whole text <see cref="ProcessesMax"/> different ones.
/// </summary>
internal sealed partial class TopFormat : LineFormat
{
    public const int RowsMax = 10;
    public const int ProcessesMax = 100;

    private readonly List<TextToken> _tokens = [];
    private readonly HashSet<(string Pid, string Command)> _processes = [];
    private string[]? _columns;
    private int _rows;

    public override string Description => $"top: {_processes.Count} processes";

    public override LineResult Read(string line, LineValues into)
    {
        if (Head().Match(line) is { Success: true } head)
        {
            _columns = null;
            Add("load.1m", head.Groups[1].ValueSpan, null, into);
            Add("load.5m", head.Groups[2].ValueSpan, null, into);
            Add("load.15m", head.Groups[3].ValueSpan, null, into);
            return LineResult.Values;
        }
        if (Summary().Match(line) is { Success: true } summary) return ReadSummary(summary, into);
        TextToken.Split(line, _tokens);
        if (_tokens.Count > 3 && _tokens.Exists(token => token.Text == "PID") && _tokens.Exists(token => token.Text == "%CPU"))
        {
            (_columns, _rows) = ([.. _tokens.Select(token => token.Text)], 0);
            return LineResult.Structure;
        }
        return _columns is null || _tokens.Count < _columns.Length ? LineResult.NotUnderstood : ReadProcess(line, _columns, into);
    }

    private static LineResult ReadSummary(Match summary, LineValues into)
    {
        var title = summary.Groups["title"].Value;
        var (name, unit, factor) = title switch
        {
            _ when title.StartsWith("%Cpu", StringComparison.Ordinal) || title.StartsWith("Cpu", StringComparison.Ordinal) => ("cpu", "%", 1.0),
            _ when title.EndsWith("Mem", StringComparison.Ordinal) => ("mem", "bytes", FactorOf(title)),
            _ when title.EndsWith("Swap", StringComparison.Ordinal) => ("swap", "bytes", FactorOf(title)),
            _ => (title.ToLowerInvariant(), null, 1.0),
        };
        // "%Cpu3 :" is one of several, when top was told to show each.
        var number = title.AsSpan().TrimStart("%Cpu");
        if (name == "cpu" && number.Length > 0 && char.IsAsciiDigit(number[0])) into.Labels.Add(new Label("cpu", number.ToString()));
        foreach (Match field in Field().Matches(summary.Groups["fields"].Value))
        {
            var what = field.Groups[3].Value;
            // Available memory is printed at the end of the line of swap.
            var fieldName = what == "avail Mem" ? "mem.available" : $"{name}.{what}";
            if (Quantity.TryParse(field.Groups[1].ValueSpan, out var quantity, into.Numbers))
            {
                var size = field.Groups[2].Value is "k" ? 1024 : factor;
                into.Add(fieldName, new Quantity(quantity.Value * size, unit));
            }
        }
        return into.Values.Count > 0 ? LineResult.Values : LineResult.NotUnderstood;
    }

    private LineResult ReadProcess(string line, string[] columns, LineValues into)
    {
        var (pid, command) = ("", "");
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i] == "PID") pid = _tokens[i].Text;
            // The command is last and may hold blanks.
            else if (columns[i] == "COMMAND") command = i == columns.Length - 1 ? line[_tokens[i].Begin..].TrimEnd() : _tokens[i].Text;
        }
        if (pid.Length == 0 || !pid.AsSpan().ContainsAnyInRange('0', '9')) return LineResult.NotUnderstood;
        if (command.Length > 64) command = command[..64];
        if (++_rows > RowsMax || (!_processes.Contains((pid, command)) && _processes.Count >= ProcessesMax)) return LineResult.Structure;
        _processes.Add((pid, command));
        into.Labels.Add(new Label("command", command));
        into.Labels.Add(new Label("pid", pid));
        for (var i = 0; i < columns.Length; i++)
        {
            var text = _tokens[i].Text;
            if (columns[i] == "%CPU") Add("process.cpu", text, "%", into);
            else if (columns[i] == "%MEM") Add("process.mem", text, "%", into);
            else if (columns[i] == "RES") AddSize("process.res", text, into);
        }
        return into.Values.Count > 0 ? LineResult.Values : LineResult.NotUnderstood;
    }

    private static void Add(string name, ReadOnlySpan<char> text, string? unit, LineValues into)
    {
        if (Quantity.TryParse(text, out var quantity, into.Numbers)) into.Add(name, new Quantity(quantity.Value, unit));
    }

    /// <summary>A size in KiB, or with the letter of a larger unit.</summary>
    private static void AddSize(string name, string text, LineValues into)
    {
        var power = "kmgtp".IndexOf(char.ToLower(text[^1], CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var digits = power < 0 ? text : text[..^1];
        if (!Quantity.TryParse(digits, out var quantity, into.Numbers)) return;
        into.Add(name, new Quantity(quantity.Value * Math.Pow(1024, Math.Max(power, 0) + 1), "bytes"));
    }

    private static double FactorOf(string title) => title.Split(' ')[0] switch { "MiB" => 1 << 20, "GiB" => 1 << 30, "TiB" => 1L << 40, _ => 1024 };

    [GeneratedRegex(@"^top - .*\bload average: (\d+[.,]\d+), (\d+[.,]\d+), (\d+[.,]\d+)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Head();

    [GeneratedRegex(@"^(?<title>Tasks|Threads|%?Cpu(?:\(s\)|\d+)|(?:[KMGT]iB )?(?:Mem|Swap)) *:(?<fields> *\d.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Summary();

    [GeneratedRegex(@"(\d+(?:[.,]\d+)?)([%k]?) ?(avail Mem|[a-z][a-z/]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Field();
}
