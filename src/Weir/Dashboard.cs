using Weir.Engine;
using Weir.Hosting;
using Weir.Instruments;
using Weir.Visuals.Dashboards;

namespace Weir;

/// <summary>
/// A dashboard, the engine that keeps its data and the server that shows it. <see cref="Live"/> has one ready; construct another to inject or
/// test it: it then starts nothing by itself, and with a fake clock <c>Engine.RunRound()</c> moves it by hand.
/// </summary>
/// <remarks>Every member may be called from any thread.</remarks>
public sealed partial class Dashboard : IAsyncDisposable
{
    /// <param name="options">How it runs; the defaults when null.</param>
    /// <param name="time">The clock; the system's when null.</param>
    /// <exception cref="WeirConfigurationException">An option is not allowed.</exception>
    public Dashboard(WeirOptions? options = null, TimeProvider? time = null)
        : this(options ?? new WeirOptions(), time ?? TimeProvider.System, GatewayServer.StartAsync, TextWriter.Null, TextWriter.Null)
    {
    }

    internal Dashboard(WeirOptions options, TimeProvider time, ServerStarter startServer, TextWriter output, TextWriter errors)
    {
        Configuration.ConfigurationReader.Check(options);
        (Options, Time, _startServer, _output, _errors) = (options, time, startServer, output, errors);
        Engine = new TimeSeriesEngine(options.ToEngineOptions(), time);
        Document = Catalog.Add(new DashboardDocument("main", options.Title) { Theme = options.Theme, Range = options.Range });
        WatchFaults();
        Catalog.AddOnDemand(SelfDashboard.Id, CreateSelfDashboard);
    }

    public TimeSeriesEngine Engine { get; }

    /// <summary>What viewers see.</summary>
    public DashboardDocument Document { get; }

    /// <summary>The dashboards that the server shows, <see cref="Document"/> among them.</summary>
    public DashboardCatalog Catalog { get; } = new();

    /// <summary>Whether it has let go of everything.</summary>
    internal bool IsDisposed { get; private set; }

    internal WeirOptions Options { get; }

    internal TimeProvider Time { get; }

    /// <summary>Stops and lets go of everything.</summary>
    public async ValueTask DisposeAsync()
    {
        IsDisposed = true;
        EndObservations();
        await StopAsync().ConfigureAwait(false);
        _lossNotice?.Dispose();
        Engine.Dispose();
    }
}
