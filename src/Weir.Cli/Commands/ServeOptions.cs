using System.CommandLine;
using System.Globalization;
using System.Net;
using Weir.Engine.Time;
using Weir.Visuals.Themes;

namespace Weir.Cli.Commands;

/// <summary>The options of every command that shows a dashboard.</summary>
internal sealed class ServeOptions
{
    private readonly Option<int?> _port =
        OptionOf.Value<int?>("--port", "N", "Port to listen on; the first free one from 3000 on by default, 0 for any free one", text => Port(text));
    private readonly Option<string?> _host =
        OptionOf.Value("--host", "ADDRESS", "Address to listen on: localhost or a loopback address (127.0.0.1 by default)", Host, "localhost", "127.0.0.1");
    private readonly Option<bool> _noBrowser = OptionOf.Flag("--no-browser", "Do not open the browser");
    private readonly Option<string?> _title = OptionOf.Text("--title", "TEXT", "What the header of the dashboard says");
    private readonly Option<string?> _theme = OptionOf.Word("--theme", "NAME", "auto, dark or light", "auto", "dark", "light");
    private readonly Option<Duration?> _range = OptionOf.Value<Duration?>(
        "--range", "TIME", "Stretch of time that charts show at first, such as 30s, 5m or 1h", text => Range(text), "30s", "5m", "1h");

    public ServeOptions(Command command)
    {
        foreach (var option in new Option[] { _port, _host, _noBrowser, _title, _theme, _range }) command.Add(option);
    }

    public WeirOptions Read(ParseResult arguments, string title)
    {
        var options = new WeirOptions
        {
            Title = arguments.GetValue(_title) is { Length: > 0 } given ? given : title,
            Host = arguments.GetValue(_host) ?? "127.0.0.1",
            Port = arguments.GetValue(_port),
            OpenBrowser = arguments.GetValue(_noBrowser) ? false : null,
            Theme = arguments.GetValue(_theme) switch { "dark" => Theme.Dark, "light" => Theme.Light, _ => Theme.Auto },
        };
        if (arguments.GetValue(_range) is { } range) options.Range = range;
        return options;
    }

    private static string Host(string host)
    {
        if (host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address))) return host;
        throw new UsageException(
            $"--host is localhost or a loopback address; '{host}' was given. Weir has no logins yet, so it listens to this machine only. "
            + $"To see it from another, forward the port: ssh -L 3000:localhost:3000 {Environment.MachineName}");
    }

    private static int Port(string port)
    {
        if (int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 65_535) return number;
        throw new UsageException($"--port is a number from 0 to 65535; '{port}' was given.");
    }

    private static Duration Range(string range)
    {
        if (Duration.TryParse(range, out var duration) && duration >= "1s" && duration <= "366d") return duration;
        throw new UsageException($"--range is a stretch of time from 1s to 366d, such as 30s, 5m or 1h; '{range}' was given.");
    }
}
