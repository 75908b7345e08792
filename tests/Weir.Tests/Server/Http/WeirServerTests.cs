using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Weir.Engine;
using Weir.Engine.Series;
using Weir.Server.Hosting;
using Weir.Visuals.Dashboards;

namespace Weir.Tests.Server.Http;

public sealed class WeirServerTests
{
    [Fact]
    public async Task Port_in_use_is_named_when_it_was_demanded()
    {
        await using var stage = await ServerStage.StartAsync();
        var port = stage.Server.Url.Port;
        var refused = await Assert.ThrowsAsync<IOException>(() => WeirServer.StartAsync(stage.Engine, new DashboardCatalog(), new ServerOptions { Port = port }, cancellation: ServerStage.Patience));
        Assert.StartsWith($"Port {port} is in use.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_servers_without_a_demanded_port_take_two()
    {
        await using var first = await ServerStage.StartAsync(new ServerOptions());
        await using var second = await ServerStage.StartAsync(new ServerOptions());
        Assert.InRange(first.Server.Url.Port, ServerOptions.PortFirst, ServerOptions.PortFirst + 99);
        Assert.NotEqual(first.Server.Url.Port, second.Server.Url.Port);
    }

    [Fact]
    public async Task Sending_goes_on_while_servers_come_and_go()
    {
        using var engine = new TimeSeriesEngine();
        engine.Start();
        var isOver = false;
        var sent = 0L;
        var senders = Enumerable.Range(0, 8).Select(i => Task.Factory.StartNew(
            () =>
            {
                var series = engine.Resolve(new SeriesKey($"s{i}"));
                while (!Volatile.Read(ref isOver))
                {
                    engine.Append(series, 1);
                    Interlocked.Increment(ref sent);
                    Thread.Yield();
                }
            },
            ServerStage.Patience,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)).ToArray();
        for (var i = 0; i < 5; i++)
        {
            await using var server = await WeirServer.StartAsync(engine, Dashboards(), new ServerOptions { Port = 0 }, cancellation: ServerStage.Patience);
            using var socket = new ClientWebSocket();
            await socket.ConnectAsync(new Uri($"ws://{server.Url.Authority}/ws"), ServerStage.Patience);
            await ServerStage.SayAsync(socket, """{"type":"subscribe","views":[{"query":"s*"}]}""");
            await ServerStage.ReadUntilAsync(socket, "\"type\":\"data\"");
            var stopping = server.StopAsync(ServerStage.Patience);
            Assert.Equal(1001, await ServerStage.ReadToCloseAsync(socket));
            await stopping;
        }
        Volatile.Write(ref isOver, true);
        await Task.WhenAll(senders);
        engine.Stop();
        Assert.Equal(sent, engine.Counters.Appended + engine.Counters.Lost + engine.Counters.RefusedLate);
    }

    [Fact]
    public async Task Application_that_stops_says_goodbye_to_viewers_under_its_prefix()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        using var engine = new TimeSeriesEngine();
        builder.Services.AddWeirServer(engine, Dashboards(), new ServerOptions());
        await using var application = builder.Build();
        application.MapWeirServer("/live");
        await application.StartAsync(ServerStage.Patience);
        var url = new Uri(application.Urls.First());
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = url };
        using var redirect = await http.GetAsync("/live?theme=dark", ServerStage.Patience);
        Assert.Equal("/live/?theme=dark", redirect.Headers.Location!.ToString());
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{url.Authority}/live/ws"), ServerStage.Patience);
        await ServerStage.ReadAsync(socket);
        var stopping = application.StopAsync(ServerStage.Patience);
        Assert.Equal(1001, await ServerStage.ReadToCloseAsync(socket));
        await stopping;
    }

    private static DashboardCatalog Dashboards()
    {
        var dashboards = new DashboardCatalog();
        dashboards.Add(new DashboardDocument("main"));
        return dashboards;
    }
}
