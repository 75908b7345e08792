using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Weir.Engine;
using Weir.Server.Gateway;
using Weir.Server.Security;
using Weir.Visuals.Dashboards;

namespace Weir.Server.Hosting;

/// <summary>A server of its own for an engine and its dashboards: Kestrel on a loopback port.</summary>
public sealed class WeirServer : IAsyncDisposable
{
    private const int PortsTried = 100;

    private readonly WebApplication _application;
    private readonly ViewerGateway _gateway;

    private WeirServer(WebApplication application, ViewerGateway gateway, Uri url)
    {
        (_application, _gateway, Url) = (application, gateway, url);
    }

    /// <summary>Where the dashboard is.</summary>
    public Uri Url { get; }

    /// <summary>Viewers connected now.</summary>
    public int ViewerCount => _gateway.ViewerCount;

    public GatewayCounters Counters => _gateway.Counters;

    /// <summary>Starts listening. The engine's loop is the caller's business.</summary>
    /// <param name="engine">Whose series and tables viewers see.</param>
    /// <param name="dashboards">What they are shown on.</param>
    /// <param name="options">Where to listen, and limits.</param>
    /// <param name="loggers">Where the server logs what goes wrong, each kind once; nowhere when null. It stays the caller's to dispose.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="IOException">The port that was asked for is taken, or none from 3000 on is free.</exception>
    public static async Task<WeirServer> StartAsync(
        TimeSeriesEngine engine, DashboardCatalog dashboards, ServerOptions options, ILoggerFactory? loggers = null, CancellationToken cancellation = default)
    {
        options.Validate();
        if (options.Port is { } demanded)
        {
            return await TryStartAsync(engine, dashboards, options, loggers, demanded, cancellation).ConfigureAwait(false)
                ?? throw new IOException($"Port {demanded} is in use. Stop the program that has it, choose another port, or leave the port out to take the next free one.");
        }
        for (var port = ServerOptions.PortFirst; port < ServerOptions.PortFirst + PortsTried; port++)
        {
            if (!IsFree(options.Address, port)) continue;
            if (await TryStartAsync(engine, dashboards, options, loggers, port, cancellation).ConfigureAwait(false) is { } server) return server;
        }
        throw new IOException($"No port from {ServerOptions.PortFirst} to {ServerOptions.PortFirst + PortsTried - 1} is free. Name another one.");
    }

    /// <summary>Says goodbye to the viewers and stops listening.</summary>
    public async Task StopAsync(CancellationToken cancellation = default)
    {
        await _gateway.DisposeAsync().ConfigureAwait(false);
        await _application.StopAsync(cancellation).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        await _application.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<WeirServer?> TryStartAsync(
        TimeSeriesEngine engine, DashboardCatalog dashboards, ServerOptions options, ILoggerFactory? loggers, int port, CancellationToken cancellation)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddWeirServer(engine, dashboards, options);
        // The host must not listen for signals: that is the program's business, not a library's.
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(3));
        // Nothing of the environment's configuration says where a library logs: its caller does.
        builder.Services.AddSingleton<ILoggerFactory>(loggers is null ? NullLoggerFactory.Instance : new BorrowedLoggers(loggers));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.Address, port);
            kestrel.Limits.MaxRequestBodySize = options.IngestBytesMax;
        });
        var application = builder.Build();
        application.Use(LoopbackGuard.Middleware);
        application.UseRouting();
        application.MapWeirServer("/");
        try
        {
            await application.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // The gateway runs already and ends with its services.
            await application.DisposeAsync().ConfigureAwait(false);
            if (e is IOException && IsAddressInUse(e)) return null;
            throw;
        }
        var gateway = application.Services.GetRequiredService<ViewerGateway>();
        var address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new WeirServer(application, gateway, new Uri(address));
    }

    private static bool IsAddressInUse(Exception? e)
    {
        for (; e is not null; e = e.InnerException)
        {
            if (e is SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse or SocketError.AccessDenied }) return true;
        }
        return false;
    }

    private static bool IsFree(IPAddress address, int port)
    {
        using var probe = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>The caller's loggers, which do not end with the server.</summary>
    private sealed class BorrowedLoggers(ILoggerFactory loggers) : ILoggerFactory
    {
        public ILogger CreateLogger(string categoryName) => loggers.CreateLogger(categoryName);

        public void AddProvider(ILoggerProvider provider) => loggers.AddProvider(provider);

        public void Dispose()
        {
        }
    }

    private sealed class QuietLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
