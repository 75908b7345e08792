using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Weir.Bench;

/// <summary>One run of an area: its options, what it measured and where that goes.</summary>
internal sealed class Run(string area, RunOptions options)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly List<Measurement> _rows = [];

    /// <summary>Root of the repository.</summary>
    public static string Root { get; } = FindRoot();

    public bool IsQuick => options.IsQuick;

    /// <summary>Rounds of what is compared in turn.</summary>
    public int Rounds => IsQuick ? 3 : 5;

    /// <summary>Runs the parts of an area in order, or the one that was asked for.</summary>
    public async Task PartsAsync((string Name, Func<Run, Task> RunAsync)[] parts)
    {
        var wanted = parts.Where(part => options.Only is null || options.Only == part.Name).ToArray();
        if (wanted.Length == 0) throw new ArgumentException($"Area {area} has no part '{options.Only}'; its parts are {string.Join(", ", parts.Select(part => part.Name))}.");
        foreach (var (name, runPart) in wanted)
        {
            Say($"{name}…");
            var began = Stopwatch.GetTimestamp();
            await runPart(this);
            Say($"  {name} took {Stopwatch.GetElapsedTime(began).TotalSeconds:0} s");
        }
    }

    public void Add(Measurement row)
    {
        _rows.Add(row);
        Say($"  {row.Name}: {Report.Number(row.Ours)} {row.Unit}{(row.Peer is { } peer ? $" ({row.PeerName} {Report.Number(peer)}, {row.Ratio:0.###}×)" : "")} {row.Goal}");
    }

    public static void Say(string text) => Console.Error.WriteLine(text);

    /// <summary>Prints and writes the rows; 1 when a goal is missed.</summary>
    public int Finish()
    {
        Console.WriteLine(Report.Table(_rows));
        var json = JsonSerializer.Serialize(_rows, Json) + "\n";
        if (options.Json is { } file) File.WriteAllText(file, json);
        if (!IsQuick && options.Only is null)
        {
            var date = DateTime.UtcNow.ToString("yyyy-MM-dd");
            var path = Path.Combine(Root, "benchmarks", "results", $"{area}-{date}");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path + ".json", json);
            File.WriteAllText(path + ".md", Report.Markdown(area, date, Commit(), _rows));
            Say($"Written to benchmarks/results/{area}-{date}.json and .md");
        }
        return _rows.Exists(row => row.Met == false) ? 1 : 0;
    }

    private static string Commit()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", Root, "rev-parse", "--short", "HEAD"]) { RedirectStandardOutput = true });
        return git?.StandardOutput.ReadToEnd().Trim() ?? "unknown";
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Weir.slnx"))) folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Run it inside the repository.");
        return folder;
    }
}
