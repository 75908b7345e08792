using System.Text.RegularExpressions;

namespace Weir.Tests.Architecture;

/// <summary>What makes a file untidy, in words.</summary>
internal static partial class Tidiness
{
    private const int LinesMax = 400;

    // Put together here, so that this file does not break its own rule.
    private static readonly string[] LeftoverWords = ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "X" + "XX"];
    private static readonly string[] MachinePaths = ["/ro" + "ot/", "/Us" + "ers/", "/wo" + "rk/", @"C:\Us" + "ers"];
    private static readonly string[] SkippedTests = ["Sk" + "ip = ", "it.sk" + "ip", "test.sk" + "ip", "describe.sk" + "ip", "it.on" + "ly(", "test.on" + "ly(", "describe.on" + "ly("];
    private static readonly string[] Text = [".cs", ".csproj", ".props", ".targets", ".slnx", ".ts", ".tsx", ".css", ".html", ".md", ".json", ".yml", ".yaml", ".hex", ".txt", ".mjs", ".js", ".sh"];
    private static readonly string[] Code = [".cs", ".ts", ".tsx", ".mjs", ".js"];

    public static IEnumerable<string> Wrong(string file, string content)
    {
        var extension = Path.GetExtension(file);
        var isRecorded = file.StartsWith("tests/golden/", StringComparison.Ordinal) && extension == ".txt";
        if (!Text.Contains(extension) || isRecorded || Path.GetFileName(file) == "package-lock.json") yield break;
        if (VagueName().Match(file) is { Success: true } vague) yield return $"{file}: '{vague.Value}' says nothing; name what it is or does.";
        if (content.Length > 0 && !content.EndsWith('\n')) yield return $"{file}: does not end with a newline.";
        var lines = content.Split('\n');
        if (Code.Contains(extension) && lines.Length - 1 > LinesMax) yield return $"{file}: {lines.Length - 1} lines; over {LinesMax} a file is two files.";
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Contains('\t')) yield return $"{file}:{i + 1}: a tab.";
            if (lines[i].EndsWith(' ') || lines[i].EndsWith('\r')) yield return $"{file}:{i + 1}: space at the end of the line.";
            foreach (var word in LeftoverWords.Where(word => Regex.IsMatch(lines[i], $@"\b{word}\b"))) yield return $"{file}:{i + 1}: {word}.";
            foreach (var path in MachinePaths.Where(path => lines[i].Contains(path, StringComparison.Ordinal))) yield return $"{file}:{i + 1}: a path of one machine, {path}.";
            if (!IsTest(file)) continue;
            foreach (var sign in SkippedTests.Where(sign => lines[i].Contains(sign, StringComparison.Ordinal))) yield return $"{file}:{i + 1}: a test that does not run, {sign.Trim()}.";
        }
        if (extension == ".cs" && !DeclaresItsName(file, content)) yield return $"{file}: declares no type of its name.";
    }

    /// <summary>Links of a document that lead to no file; <paramref name="exists"/> is asked with paths from the root.</summary>
    public static IEnumerable<string> BrokenLinks(string file, string content, Func<string, bool> exists)
    {
        foreach (Match link in MarkdownLink().Matches(FencedBlock().Replace(content, "")))
        {
            var target = link.Groups[1].Value.Split('#')[0];
            if (target.Length == 0 || target.Contains(':')) continue;
            var path = Path.GetRelativePath("/", Path.GetFullPath(Path.Combine("/", Path.GetDirectoryName(file)!, target))).Replace('\\', '/');
            if (!exists(path)) yield return $"{file}: the link to {target} leads nowhere.";
        }
    }

    private static bool IsTest(string file) => file.StartsWith("tests/", StringComparison.Ordinal) || file.Contains(".test.", StringComparison.Ordinal);

    private static bool DeclaresItsName(string file, string content)
    {
        var name = Path.GetFileNameWithoutExtension(file).Split('.')[0];
        var isProgram = name is "Program" or "GlobalUsings" or "AssemblyInfo" || file.StartsWith("examples/", StringComparison.Ordinal);
        // A family of small types stands in one file of the plural of their base: Containers.cs.
        var isFamily = name.EndsWith('s') && Regex.IsMatch(content, $@"\bclass [^;{{]*: {Regex.Escape(name[..^1])}\b");
        return isProgram || isFamily || Regex.IsMatch(content, $@"\b(class|struct|record|interface|enum|delegate [^(]+) {Regex.Escape(name)}\b");
    }

    [GeneratedRegex(@"(Helper|Util|Utils|Utilities|Manager|Misc|Common)s?(?=[./])|(?<=/)(helper|util|utils|misc|common)s?(?=[./-])")]
    private static partial Regex VagueName();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex MarkdownLink();

    [GeneratedRegex("(?ms)^```.*?^```|`[^`\n]+`")]
    private static partial Regex FencedBlock();
}
