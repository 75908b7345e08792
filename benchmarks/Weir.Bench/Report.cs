using System.Globalization;
using System.Text;

namespace Weir.Bench;

/// <summary>Rows as a table for the terminal and for the repository.</summary>
internal static class Report
{
    private static readonly string[] Heads = ["name", "unit", "ours", "peer", "ratio", "goal", "met"];

    public static string Number(double? value) => value switch
    {
        null => "–",
        { } v when Math.Abs(v) >= 1000 => v.ToString("#,0", CultureInfo.InvariantCulture),
        { } v when Math.Abs(v) >= 10 => v.ToString("0.#", CultureInfo.InvariantCulture),
        { } v => v.ToString("0.###", CultureInfo.InvariantCulture),
    };

    public static string Table(IReadOnlyList<Measurement> rows)
    {
        var cells = rows.Select(Cells).Prepend(Heads).ToList();
        var widths = Enumerable.Range(0, Heads.Length).Select(i => cells.Max(row => row[i].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in cells) text.AppendLine(string.Join("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).TrimEnd());
        return text.ToString();
    }

    public static string Markdown(string area, string date, string commit, IReadOnlyList<Measurement> rows)
    {
        var text = new StringBuilder();
        text.AppendLine($"# {area}, {date}\n");
        text.AppendLine($"Commit {commit}; {Processor()}, {Environment.ProcessorCount} cores; .NET {Environment.Version}. The machine was shared: only ratios of one run mean something.\n");
        text.AppendLine("| " + string.Join(" | ", Heads) + " |").AppendLine("|" + string.Concat(Heads.Select(_ => "---|")));
        foreach (var row in rows) text.AppendLine("| " + string.Join(" | ", Cells(row)) + " |");
        text.AppendLine();
        foreach (var row in rows.Where(row => row.Note is not null)) text.AppendLine($"- **{row.Name}**: {row.Note}");
        return text.ToString();
    }

    private static string[] Cells(Measurement row) =>
    [
        row.Name, row.Unit, Number(row.Ours), row.PeerName is null ? "–" : $"{Number(row.Peer)} ({row.PeerName})",
        row.Ratio is { } ratio ? ratio.ToString("0.####", CultureInfo.InvariantCulture) + "×" : "–",
        row.Goal ?? "–", row.Met switch { true => "yes", false => "NO", null => "–" },
    ];

    private static string Processor() => File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown processor";
}
