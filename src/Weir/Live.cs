using Weir.Configuration;
using Weir.Hosting;
using Weir.Visuals.Themes;

namespace Weir;

/// <summary>
/// The door to a dashboard that is simply there: <c>Live.Metric("cpu").Send(75)</c>. The first send starts a server on this machine, prints its
/// address and, from a terminal on a desktop, opens the browser. Everything here also works on a <see cref="Weir.Dashboard"/> of one's own.
/// </summary>
public static partial class Live
{
    private static readonly Lock Creation = new();
    private static Dashboard? _dashboard;
    private static Action<WeirOptions>? _configure;

    /// <summary>The dashboard behind the door, made when it is first asked for.</summary>
    /// <exception cref="WeirConfigurationException">A configured value is wrong; the message has the key, the value, what is allowed and where it is.</exception>
    public static Dashboard Dashboard => Volatile.Read(ref _dashboard) ?? Create();

    /// <summary>What the header says.</summary>
    public static string Title
    {
        get => Dashboard.Document.Title;
        set => Dashboard.Document.Title = value;
    }

    public static Theme Theme
    {
        get => Dashboard.Document.Theme;
        set => Dashboard.Document.Theme = value;
    }

    /// <summary>Where the dashboard is, or null while no server runs.</summary>
    public static Uri? Url => Dashboard.Url;

    /// <summary>Sets options before anything else is called; configuration files, the environment and the command line may override them.</summary>
    /// <exception cref="InvalidOperationException">The dashboard is there already.</exception>
    public static void Configure(Action<WeirOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        lock (Creation)
        {
            if (_dashboard is not null)
            {
                throw new InvalidOperationException("Live.Configure comes before the first widget. Move it to the beginning of the program; Live.Title and Live.Theme may be set at any time.");
            }
            _configure += configure;
        }
    }

    /// <summary>Starts the dashboard if need be and waits until <see cref="Stop"/>, Ctrl+C or SIGTERM.</summary>
    /// <exception cref="IOException">The port is taken; the message says what to do.</exception>
    public static void Run() => RunAsync().GetAwaiter().GetResult();

    /// <summary>Starts the dashboard if need be and waits until <see cref="Stop"/>, the token, Ctrl+C or SIGTERM.</summary>
    /// <exception cref="IOException">The port is taken; the message says what to do.</exception>
    public static Task RunAsync(CancellationToken cancellation = default) => Dashboard.RunAsync(cancellation);

    /// <summary>Shows what was sent and stops; a later send starts again.</summary>
    public static void Stop() => Volatile.Read(ref _dashboard)?.StopAsync().GetAwaiter().GetResult();

    /// <summary>Puts the dashboard of a host behind the door.</summary>
    internal static void Use(Dashboard dashboard)
    {
        lock (Creation) _dashboard = dashboard;
    }

    private static Dashboard Create()
    {
        lock (Creation)
        {
            if (_dashboard is not null) return _dashboard;
            var options = ConfigurationSources.Read(_configure, Directory.GetCurrentDirectory(), Environment.GetCommandLineArgs().Skip(1));
            var dashboard = new Dashboard(options, TimeProvider.System, GatewayServer.StartAsync, StandardStreams.Output, StandardStreams.Errors);
            var mayOpen = options.OpenBrowser ?? BrowserLauncher.HasDesktop(Environment.GetEnvironmentVariable, StandardStreams.IsTerminal);
            dashboard.Started += server =>
            {
                // Once: a page that was opened finds the restarted server by itself.
                if (mayOpen) BrowserLauncher.Open(server.Url);
                mayOpen = false;
            };
            dashboard.StartOnSend();
            _ = new ExitGuard(dashboard, StandardStreams.Output);
            Volatile.Write(ref _dashboard, dashboard);
            return dashboard;
        }
    }
}
