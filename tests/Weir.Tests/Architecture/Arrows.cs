using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Weir.Tests.Architecture;

/// <summary>Who may know whom. A room that is not listed here has no place yet: give it one.</summary>
internal static partial class Arrows
{
    private static readonly string[] Everything = ["*"];

    /// <summary>For each project, the projects it may reference.</summary>
    private static readonly Dictionary<string, string[]> Projects = new()
    {
        ["Weir.Engine"] = [],
        ["Weir.Visuals"] = ["Weir.Engine"],
        ["Weir.Terminal"] = ["Weir.Engine", "Weir.Visuals"],
        ["Weir.Connectors"] = ["Weir.Engine"],
        ["Weir.Server"] = ["Weir.Engine", "Weir.Visuals"],
        ["Weir"] = ["Weir.Engine", "Weir.Visuals", "Weir.Server", "Weir.Connectors"],
        ["Weir.Cli"] = Everything,
    };

    /// <summary>For each folder of the engine, the folders it may use. The root ("") puts them together.</summary>
    private static readonly Dictionary<string, string[]> EngineFolders = new()
    {
        ["Time"] = [],
        ["Sketches"] = [],
        ["Ladders"] = [],
        ["Graphs"] = [],
        ["Chunks"] = ["Time"],
        ["Series"] = ["Time", "Chunks", "Ladders"],
        ["Downsampling"] = ["Time", "Series", "Chunks", "Ladders"],
        ["Ingest"] = ["Time", "Series"],
        ["Access"] = ["Series", "Tables", "Ingest"],
        ["Instruments"] = ["Series", "Sketches"],
        ["Windows"] = ["Time", "Series", "Sketches"],
        ["Rollups"] = ["Time", "Series", "Sketches", "Windows"],
        ["History"] = ["Time", "Series", "Downsampling", "Windows", "Rollups"],
        ["Tables"] = ["Time"],
        ["Wire"] = ["Time", "Series", "Downsampling"],
        ["Persistence"] = ["Time", "Series", "Chunks", "Tables"],
        ["Alerts"] = ["Time", "Series", "Windows", "Tables"],
        ["Views"] = ["", "Access", "Time", "Series", "Downsampling", "Windows", "Queries", "Tables", "Wire", "History"],
        ["Queries"] = ["Access", "Time", "Series", "Chunks", "Ladders", "Sketches", "Downsampling", "Windows", "Rollups", "Tables", "Persistence"],
        [""] = ["Time", "Series", "Chunks", "Ladders", "Sketches", "Downsampling", "Windows", "Rollups", "Tables", "Persistence", "Ingest", "Instruments", "Alerts", "History"],
    };

    /// <summary>Wrong references of a project file, in words.</summary>
    public static IEnumerable<string> WrongInProject(string file, string content)
    {
        var project = Path.GetFileNameWithoutExtension(file);
        if (!MayUse(Projects, project, out var allowed)) return [$"{file}: {project} has no place among the arrows."];
        return from reference in XDocument.Parse(content).Descendants("ProjectReference")
               let other = Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'))
               where !Allows(allowed, other)
               select $"{file}: {project} references {other}; allowed is {Spell(allowed)}.";
    }

    /// <summary>Wrong names in a source file under src/, in words.</summary>
    public static IEnumerable<string> WrongInSource(string file, string content)
    {
        var parts = file.Split('/');
        var project = parts[1];
        if (!MayUse(Projects, project, out var projects)) return [$"{file}: {project} has no place among the arrows."];
        var used = NamespaceName().Matches(Comment().Replace(content, "")).Select(match => match.Value).Distinct().ToArray();
        var wrong = from name in used
                    let other = ProjectOf(name)
                    where other is not null && other != project && !Allows(projects, other)
                    select $"{file}: {project} uses {name}; allowed is {Spell(projects)}.";
        if (project != "Weir.Engine") return wrong;

        var folder = parts.Length == 3 ? "" : parts[2];
        if (!MayUse(EngineFolders, folder, out var folders)) return [.. wrong, $"{file}: {folder} has no place among the arrows."];
        return wrong.Concat(
            from name in used
            let other = name.Split('.') is ["Weir", "Engine", var inner, ..] && EngineFolders.ContainsKey(inner) ? inner : folder
            where other != folder && !Allows(folders, other)
            select $"{file}: {(folder.Length == 0 ? "the root" : folder)} uses {other}; allowed is {Spell(folders)}.");
    }

    private static string? ProjectOf(string name) => name.Split('.') is ["Weir", var second, ..] && Projects.ContainsKey("Weir." + second) ? "Weir." + second : null;

    /// <summary>A third-party SDK gets a project of its own, which may use what its parent may, and the parent.</summary>
    private static bool MayUse(Dictionary<string, string[]> rules, string name, out string[] allowed)
    {
        if (rules.TryGetValue(name, out allowed!)) return true;
        var parent = rules.Keys.Where(key => key.Contains('.') && name.StartsWith(key + ".", StringComparison.Ordinal)).MaxBy(key => key.Length);
        if (parent is null) return false;
        allowed = [.. rules[parent], parent];
        return true;
    }

    private static bool Allows(string[] allowed, string name) => allowed == Everything || allowed.Contains(name);

    private static string Spell(string[] allowed) => allowed == Everything ? "everything" : allowed.Length == 0 ? "nobody" : string.Join(", ", allowed);

    [GeneratedRegex(@"\bWeir(\.[A-Z][A-Za-z0-9]*)+")]
    private static partial Regex NamespaceName();

    [GeneratedRegex(@"//.*")]
    private static partial Regex Comment();
}
