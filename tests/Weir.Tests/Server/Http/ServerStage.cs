using System.Net.WebSockets;
using System.Text;
using Weir.Engine;
using Weir.Server.Hosting;
using Weir.Visuals.Dashboards;

namespace Weir.Tests.Server.Http;

/// <summary>A server on a free loopback port, with its engine running.</summary>
internal sealed class ServerStage : IAsyncDisposable
{
    private ServerStage(TimeSeriesEngine engine, WeirServer server)
    {
        (Engine, Server) = (engine, server);
        Http = new HttpClient { BaseAddress = server.Url };
    }

    public TimeSeriesEngine Engine { get; }

    public WeirServer Server { get; }

    public HttpClient Http { get; }

    public static CancellationToken Patience => TestContext.Current.CancellationToken;

    public static async Task<ServerStage> StartAsync(ServerOptions? options = null, bool running = true, TimeProvider? time = null)
    {
        var engine = new TimeSeriesEngine(time: time);
        if (running) engine.Start();
        var dashboards = new DashboardCatalog();
        var dashboard = dashboards.Add(new DashboardDocument("main"));
        dashboard.AddWidget(new MetricOptions { Id = "cpu", Queries = ["cpu"] }, dashboard.DefaultPage.Root);
        return new ServerStage(engine, await WeirServer.StartAsync(engine, dashboards, options ?? new ServerOptions { Port = 0 }, cancellation: Patience));
    }

    public async Task<ClientWebSocket> ConnectAsync(string? protocol = "weir.v1.json", string? origin = null)
    {
        var socket = new ClientWebSocket();
        if (protocol is not null) socket.Options.AddSubProtocol(protocol);
        if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
        await socket.ConnectAsync(new Uri($"ws://{Server.Url.Authority}/ws"), Patience);
        return socket;
    }

    /// <summary>The next text message; null when the server closed.</summary>
    public static async Task<string?> ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[1 << 20];
        var length = 0;
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(length), Patience);
            if (received.MessageType == WebSocketMessageType.Close) return null;
            length += received.Count;
            if (received.EndOfMessage) return Encoding.UTF8.GetString(buffer, 0, length);
        }
    }

    public static async Task<string> ReadUntilAsync(ClientWebSocket socket, string part)
    {
        while (true)
        {
            var text = await ReadAsync(socket);
            if (text is null) Assert.Fail($"Closed with {socket.CloseStatus} before '{part}'.");
            if (text.Contains(part, StringComparison.Ordinal)) return text;
        }
    }

    /// <summary>Reads on to the close, answers it and returns its code.</summary>
    public static async Task<int> ReadToCloseAsync(ClientWebSocket socket)
    {
        while (await ReadAsync(socket) is not null)
        {
        }
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Patience);
        return (int)socket.CloseStatus!;
    }

    public static Task SayAsync(ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, Patience);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
        Engine.Dispose();
    }
}
