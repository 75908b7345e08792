using Weir.Cli;
using Weir.Tests.Data;

namespace Weir.Tests.Cli;

public sealed class CommandLineTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        _output.Dispose();
        _errors.Dispose();
    }

    [Theory]
    [InlineData("help")]
    [InlineData("--help")]
    [InlineData("")]
    public async Task Help_lists_the_commands(string argument)
    {
        Assert.Equal(0, await RunAsync(argument));
        foreach (var command in new[] { "demo", "pipe", "completion", "help", "version" }) Assert.Contains($"  {command} ", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("help demo")]
    [InlineData("demo --help")]
    [InlineData("demo -h")]
    [InlineData("demo --prot 1 --help")]
    public async Task Help_of_a_command_lists_its_options(string line)
    {
        Assert.Equal(0, await RunAsync(line));
        Assert.Contains("--port N", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version")]
    [InlineData("--version")]
    [InlineData("-v")]
    public async Task Version_tells_the_version(string line)
    {
        Assert.Equal(0, await RunAsync(line));
        Assert.Matches(@"^weir \d+\.\d+\.\d+\s*$", _output.ToString());
    }

    [Theory]
    [InlineData("dmeo", "did you mean 'demo'?")]
    [InlineData("frobnicate", "The commands are demo, pipe, completion, help, version")]
    [InlineData("demo --prot 1", "did you mean '--port'?")]
    [InlineData("demo --port", "--port needs a value: --port N")]
    [InlineData("demo --port 70000", "a number from 0 to 65535; '70000' was given")]
    [InlineData("demo --port=-1", "'-1' was given")]
    [InlineData("demo --port 1 --port 2", "--port is given twice")]
    [InlineData("demo --no-browser=yes", "takes no value")]
    [InlineData("demo --theme drak", "auto, dark or light; 'drak' was given; did you mean 'dark'?")]
    [InlineData("demo --range 5", "such as 30s, 5m or 1h; '5' was given")]
    [InlineData("demo --range 2ms", "from 1s to 366d")]
    [InlineData("demo --host 0.0.0.0", "listens to this machine only")]
    [InlineData("demo extra", "takes options only; 'extra' is none")]
    [InlineData("demo --title=", "--title needs a value: --title TEXT")]
    [InlineData("demo --no-browser extra", "takes options only; 'extra' is none")]
    [InlineData("demo --no-browser --no-browser", "--no-browser is given twice")]
    [InlineData("demo @arguments.txt", "'@arguments.txt' is none")]
    [InlineData("demo -p 1", "weir demo has no option -p")]
    [InlineData("--port 1", "There is no command '--port'")]
    [InlineData("--port 1 demo", "--port belongs behind the command: weir demo --port N")]
    [InlineData("[suggest:0] demo", "There is no command '[suggest:0]'")]
    [InlineData("version now", "takes nothing more; 'now' was given")]
    [InlineData("help demo pipe", "takes one command; 'pipe' is one too many")]
    [InlineData("completion", "needs a shell: bash, zsh or fish")]
    [InlineData("completion bsh", "'bsh' was given; did you mean 'bash'?")]
    [InlineData("pipe --time evnt", "--time is auto, event, arrival or the name of a column; 'evnt' was given; did you mean 'event'?")]
    [InlineData("pipe --label", "--label needs a value: --label FIELD")]
    [InlineData("pipe --label a b", "takes options only; 'b' is none")]
    [InlineData("pipe --regex (", "is not a regular expression")]
    [InlineData("pipe --time evnt", "did you mean 'event'? A column of that name is --time column:evnt")]
    [InlineData("pipe --time arival", "did you mean 'arrival'?")]
    [InlineData("pipe --time column:", "auto, event, arrival or the name of a column")]
    [InlineData("help nothing", "There is no command 'nothing'")]
    public async Task What_is_not_understood_is_answered_with_what_is_allowed(string line, string answer)
    {
        Assert.Equal(2, await RunAsync(line));
        Assert.Contains(answer, _errors.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("weir: ", _errors.ToString(), StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task A_pipe_from_a_terminal_is_answered_with_how_to_use_it()
    {
        Assert.Equal(2, await RunAsync("pipe", isInputTerminal: true));
        Assert.Contains("vmstat 1 | weir pipe", _errors.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A line that is wrongly understood starts a server and would stay: it ends here instead.</summary>
    private Task<int> RunAsync(string line, bool isInputTerminal = false)
    {
        var io = new CommandIo(_output, _errors, () => Stream.Null, () => Stream.Null, isInputTerminal, IsErrorTerminal: false, ManualClock.AtNoon());
        return CommandLine.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), io).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }
}
