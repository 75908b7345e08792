using System.Globalization;

namespace Weir.Connectors.Text;

/// <summary>The header of columns of text: what they are called, where a second line above it groups them, and which of them name things.</summary>
internal sealed class ColumnHeader
{
    // Columns whose numbers are names of things, in the tools of procps and sysstat.
    private static readonly HashSet<string> Naming = new(StringComparer.Ordinal)
    {
        "CPU", "PID", "UID", "TGID", "TID", "PPID", "INTR", "NODE", "NAME", "NAMESPACE", "Device", "Filesystem", "mounted",
    };

    private ColumnHeader(string text, string[] names, string?[] units, bool[] labels) => (Text, Names, Units, Labels, IsNaming) = (text, names, units, labels, (bool[])labels.Clone());

    /// <summary>The line itself.</summary>
    public string Text { get; }

    public string[] Names { get; }

    public string?[] Units { get; }

    /// <summary>Columns that name what a row is about.</summary>
    public bool[] IsNaming { get; }

    /// <summary>kubectl top's: processor time in cores, in which <c>m</c> is a thousandth.</summary>
    public bool HasCores { get; private init; }

    public bool IsNumbered => Text.Length == 0;

    /// <summary>df's: its sizes are powers of 1024, <c>Size</c> and <c>Used</c> with a letter behind, <c>1K-blocks</c> and what follows without.</summary>
    public bool IsDf { get; private init; }

    /// <summary>Columns whose cells are labels; columns join as texts turn up in them.</summary>
    public bool[] Labels { get; }

    /// <summary>vmstat's: its groups begin with the processes.</summary>
    public bool IsVmstat { get; private init; }

    /// <summary>iostat's: its first report is an average since the machine started.</summary>
    public bool IsIostat { get; private init; }

    /// <param name="line">The line as it came.</param>
    /// <param name="tokens">Its words, without a time of day.</param>
    /// <param name="groups">The words of the line of groups above it, or none.</param>
    public static ColumnHeader Create(string line, ReadOnlySpan<TextToken> tokens, IReadOnlyList<TextToken> groups)
    {
        // "avg-cpu:  %user  %nice": the first word names the group of all columns after it.
        var title = tokens.Length > 1 && tokens[0].Text.EndsWith(':') && tokens[1].Text.StartsWith('%') ? tokens[0].Text.TrimEnd(':') : null;
        if (title is not null) tokens = tokens[1..];
        var isVmstat = groups.Count > 0 && groups[0].Text.Trim('-') == "procs";
        var (names, units) = (new string[tokens.Length], new string?[tokens.Length]);
        var labels = new bool[tokens.Length];
        for (var i = 0; i < tokens.Length; i++)
        {
            var group = title ?? GroupOf(tokens[i], groups);
            var name = tokens[i].Text.TrimEnd(':');
            labels[i] = group is null && Naming.Contains(name);
            units[i] = UnitOf(name, group, isVmstat);
            name = name.TrimStart('%');
            names[i] = Unique(group is null ? name : $"{group}.{name}", names, i);
        }
        return new ColumnHeader(line, names, units, labels)
        {
            IsVmstat = isVmstat,
            IsDf = tokens[0].Text == "Filesystem" && tokens[^1].Text == "mounted",
            HasCores = Array.IndexOf(units, "cores") >= 0,
            IsIostat = title == "avg-cpu" || (tokens.Length > 2 && tokens[0].Text.TrimEnd(':') == "Device"),
        };
    }

    /// <summary>No header: columns called <c>value</c>, <c>value2</c>…</summary>
    public static ColumnHeader Numbered(int count, bool isTimed) => new("", CsvFormat.Numbered(count, isTimed), new string?[count], new bool[count]);

    /// <summary>Whether a line consists of names of groups between dashes, as vmstat's first: <c>procs ---memory--- ---swap--</c>.</summary>
    public static bool IsGroups(List<TextToken> tokens) =>
        tokens.Count > 1 && tokens.Skip(1).All(token => token.Text.Length > 2 && token.Text[0] == '-' && token.Text[^1] == '-' && token.Text.Any(char.IsLetter));

    private static string? GroupOf(TextToken column, IReadOnlyList<TextToken> groups)
    {
        if (groups.Count == 0) return null;
        var nearest = groups.MaxBy(group => Math.Min(group.End, column.End) - Math.Max(group.Begin, column.Begin));
        return nearest.Text.Trim('-');
    }

    private static string? UnitOf(string name, string? group, bool isVmstat)
    {
        if (name.StartsWith('%') || name.EndsWith('%')) return "%";
        if (name.EndsWith("(cores)", StringComparison.Ordinal)) return "cores";
        if (name.EndsWith("(bytes)", StringComparison.Ordinal)) return "bytes";
        // Memory and blocks are left bare: their unit depends on an option of vmstat that its output does not show.
        if (isVmstat) return group == "cpu" ? "%" : group == "system" ? "/s" : null;
        if (name.EndsWith("await", StringComparison.Ordinal)) return "ms";
        return name.EndsWith("/s", StringComparison.Ordinal) ? name switch { "B/s" => "bytes/s", _ when !name.Contains('B', StringComparison.Ordinal) => "/s", _ => null } : null;
    }

    /// <summary>Reads a cell of a column: a number as it is written everywhere, or in thousandths of a core.</summary>
    public bool TryRead(int column, string text, NumberNotation? notation, out Quantity quantity)
    {
        if (IsDf && TryReadBlocks(text, out quantity)) return true;
        if (Quantity.TryParse(text, out quantity, notation)) return true;
        if (Units[column] != "cores" || !text.EndsWith('m') || !Quantity.TryParse(text.AsSpan()[..^1], out quantity)) return false;
        quantity = new Quantity(quantity.Value / 1000, "cores");
        return true;
    }

    private bool TryReadBlocks(string text, out Quantity quantity)
    {
        quantity = default;
        var power = text.Length > 1 ? "KMGTPE".IndexOf(text[^1], StringComparison.Ordinal) : -1;
        var isBare = power < 0 && Array.IndexOf(Names, "1K-blocks") >= 0;
        if ((power < 0 && !isBare) || !Quantity.TryParse(isBare ? text : text.AsSpan()[..^1], out var size) || size.Unit is not null) return false;
        quantity = new Quantity(size.Value * Math.Pow(1024, isBare ? 1 : power + 1), "bytes");
        return true;
    }

    /// <summary>Takes a second header that tells the units of the first, as nvidia-smi dmon prints: <c># Idx W C %</c>.</summary>
    public bool TryTakeUnits(List<TextToken> tokens)
    {
        if (tokens.Count != Names.Length || tokens[0].Text is not "Idx") return false;
        (Labels[0], IsNaming[0]) = (true, true);
        for (var i = 1; i < Units.Length; i++) Units[i] = tokens[i].Text switch { "C" => "°C", "-" => null, var unit => unit };
        return true;
    }

    private static string Unique(string name, string[] names, int count)
    {
        var unique = name;
        for (var n = 2; Array.IndexOf(names, unique, 0, count) >= 0; n++) unique = name + n.ToString(CultureInfo.InvariantCulture);
        return unique;
    }
}
