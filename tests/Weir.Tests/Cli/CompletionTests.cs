using System.Diagnostics;
using Weir.Cli;
using Weir.Tests.Data;

namespace Weir.Tests.Cli;

public sealed class CompletionTests
{
    [Theory]
    [InlineData(" ", "--help --version completion demo help pipe version")]
    [InlineData(" de", "demo")]
    [InlineData(" demo --th", "--theme")]
    [InlineData(" demo --theme ", "auto dark light")]
    [InlineData(" demo --theme d", "dark")]
    [InlineData(" demo --theme=", "auto dark light")]
    [InlineData(" demo --theme=d", "dark")]
    [InlineData(" pipe --theme=dark --ti", "--time --title")]
    [InlineData(" pipe --title 'a b' --time e", "event")]
    [InlineData(" completion ", "--help bash fish zsh")]
    [InlineData(" help p", "pipe")]
    [InlineData(" nothing --p", "")]
    [InlineData("", "--help --version completion demo help pipe version")]
    public async Task Text_before_the_cursor_is_completed(string text, string candidates)
    {
        using var output = new StringWriter();
        Assert.Equal(0, await RunAsync(output, "__complete", text));
        var names = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')[0]);
        Assert.Equal(candidates, string.Join(' ', names.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("weir demo --th", "--theme")]
    [InlineData("weir demo --theme ", "auto dark light")]
    [InlineData("weir demo --theme=d", "dark")]
    [InlineData("weir comp", "completion")]
    public async Task The_script_completes_in_bash(string line, string candidates)
    {
        Assert.SkipUnless(File.Exists("/bin/bash"), "There is no bash here.");
        using var script = new StringWriter();
        await RunAsync(script, "completion", "bash");
        // What readline does: it splits at blanks and at "=", and hands over the command, the word and the one before.
        var drive = $$"""
            weir() { "{{DotnetPath()}}" exec "{{typeof(CommandLine).Assembly.Location}}" "$@"; }
            COMP_LINE={{Quoted(line)}} COMP_POINT={{line.Length}}
            read -ra COMP_WORDS <<< "${COMP_LINE//=/ = }"
            [[ $COMP_LINE == *' ' ]] && COMP_WORDS+=("")
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            _weir weir "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
            echo "${COMPREPLY[*]}"
            """;
        using var bash = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", script + drive]) { RedirectStandardOutput = true })!;
        var said = await bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.Equal(candidates, string.Join(' ', said.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("fish")]
    public async Task Each_shell_has_its_script(string shell)
    {
        using var output = new StringWriter();
        Assert.Equal(0, await RunAsync(output, "completion", shell));
        Assert.Contains($"weir in {shell}", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("__complete", output.ToString(), StringComparison.Ordinal);
    }

    private static string Quoted(string text) => $"'{text}'";

    private static string DotnetPath() =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { } root ? Path.Combine(root, "dotnet") : "dotnet");

    private static async Task<int> RunAsync(StringWriter output, params string[] arguments)
    {
        using var errors = new StringWriter();
        var io = new CommandIo(output, errors, () => Stream.Null, () => Stream.Null, IsInputTerminal: false, IsErrorTerminal: false, ManualClock.AtNoon());
        return await CommandLine.RunAsync(arguments, io);
    }
}
