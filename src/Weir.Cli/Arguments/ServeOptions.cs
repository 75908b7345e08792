using System.Globalization;
using System.Net;
using Weir.Engine.Time;
using Weir.Visuals.Themes;

namespace Weir.Cli.Arguments;

/// <summary>The options of every command that shows a dashboard.</summary>
internal static class ServeOptions
{
    public static IReadOnlyList<Option> All { get; } =
    [
        new("--port", "N", "Port to listen on; the first free one from 3000 on by default, 0 for any free one"),
        new("--host", "ADDRESS", "Address to listen on: localhost or a loopback address (127.0.0.1 by default)"),
        new("--no-browser", null, "Do not open the browser"),
        new("--title", "TEXT", "What the header of the dashboard says"),
        new("--theme", "NAME", "auto, dark or light"),
        new("--range", "TIME", "Stretch of time that charts show at first, such as 30s, 5m or 1h"),
    ];

    /// <exception cref="UsageException">A value is not allowed.</exception>
    public static WeirOptions Read(ArgumentSet arguments, string title)
    {
        var options = new WeirOptions
        {
            Title = arguments.Find("--title") is { Length: > 0 } given ? given : title,
            Host = Host(arguments.Find("--host")),
            Port = Port(arguments.Find("--port")),
            OpenBrowser = arguments.Has("--no-browser") ? false : null,
            Theme = Enum.Parse<Theme>(arguments.FindWord("--theme", "auto", "dark", "light") ?? "auto", ignoreCase: true),
        };
        if (arguments.Find("--range") is { } range) options.Range = Range(range);
        return options;
    }

    private static string Host(string? host)
    {
        if (host is null) return "127.0.0.1";
        if (host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address))) return host;
        throw new UsageException(
            $"--host is localhost or a loopback address; '{host}' was given. Weir has no logins yet, so it listens to this machine only. To see it from another, forward the port: ssh -L 3000:localhost:3000 {Environment.MachineName}");
    }

    private static int? Port(string? port)
    {
        if (port is null) return null;
        if (int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= 65_535) return number;
        throw new UsageException($"--port is a number from 0 to 65535; '{port}' was given.");
    }

    private static Duration Range(string range)
    {
        if (Duration.TryParse(range, out var duration) && duration >= "1s" && duration <= "366d") return duration;
        throw new UsageException($"--range is a stretch of time from 1s to 366d, such as 30s, 5m or 1h; '{range}' was given.");
    }
}
