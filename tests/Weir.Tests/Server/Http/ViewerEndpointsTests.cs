using System.Net;
using System.Net.WebSockets;
using Weir.Engine.Series;
using Weir.Server.Hosting;

namespace Weir.Tests.Server.Http;

public sealed class ViewerEndpointsTests
{
    private const string Subscribe = """{"type":"subscribe","views":[{"widget":"cpu"}]}""";

    [Theory]
    [InlineData("weir.v1.json")]
    [InlineData("weir.v1.bin")]
    [InlineData(null)]
    public async Task Viewer_is_greeted_and_shown_what_it_asks_for(string? protocol)
    {
        await using var stage = await ServerStage.StartAsync();
        using var socket = await stage.ConnectAsync(protocol);
        Assert.StartsWith("{\"type\":\"hello\",\"protocol\":1", await ServerStage.ReadAsync(socket), StringComparison.Ordinal);
        await ServerStage.SayAsync(socket, Subscribe);
        await ServerStage.ReadUntilAsync(socket, "\"type\":\"view\"");
        stage.Engine.Append(stage.Engine.Resolve(new SeriesKey("cpu")), 42);
        await ServerStage.ReadUntilAsync(socket, protocol == "weir.v1.bin" ? "WEIR" : "42]]");
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, ServerStage.Patience);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, socket.CloseStatus);
    }

    [Fact]
    public async Task Ten_malformed_messages_end_the_connection()
    {
        await using var stage = await ServerStage.StartAsync();
        using var socket = await stage.ConnectAsync();
        for (var i = 0; i < 10; i++) await ServerStage.SayAsync(socket, i % 2 == 0 ? "nonsense" : """{"type":"\ud800"}""");
        await ServerStage.ReadUntilAsync(socket, "bad-message");
        await ServerStage.ReadUntilAsync(socket, "\"code\":4000,\"reason\":\"bad message\",\"reconnect\":false");
        Assert.Equal(4000, await ServerStage.ReadToCloseAsync(socket));
    }

    [Fact]
    public async Task Too_large_message_ends_the_connection_and_says_so()
    {
        await using var stage = await ServerStage.StartAsync();
        using var socket = await stage.ConnectAsync();
        await ServerStage.SayAsync(socket, new string('x', 100_000));
        await ServerStage.ReadUntilAsync(socket, "at most 16384 bytes");
        Assert.Equal(4000, await ServerStage.ReadToCloseAsync(socket));
    }

    [Fact]
    public async Task Unknown_protocol_is_turned_away()
    {
        await using var stage = await ServerStage.StartAsync();
        using var socket = await stage.ConnectAsync("other.v9");
        Assert.Equal(4001, await ServerStage.ReadToCloseAsync(socket));
    }

    [Fact]
    public async Task Connection_over_the_limit_is_turned_away()
    {
        await using var stage = await ServerStage.StartAsync(new ServerOptions { Port = 0, ConnectionsMax = 1 });
        using var first = await stage.ConnectAsync();
        await ServerStage.ReadAsync(first);
        using var second = await stage.ConnectAsync();
        Assert.Equal(4003, await ServerStage.ReadToCloseAsync(second));
    }

    [Fact]
    public async Task Sending_on_while_limited_ends_the_connection()
    {
        await using var stage = await ServerStage.StartAsync(new ServerOptions { Port = 0, MessagesPerMinute = 1 });
        using var socket = await stage.ConnectAsync();
        for (var i = 0; i < 101; i++) await ServerStage.SayAsync(socket, """{"type":"pause"}""");
        await ServerStage.ReadUntilAsync(socket, "\"retryAfter\":");
        Assert.Equal(4004, await ServerStage.ReadToCloseAsync(socket));
    }

    [Fact]
    public async Task Stopping_server_says_goodbye()
    {
        var stage = await ServerStage.StartAsync();
        using var socket = await stage.ConnectAsync();
        await ServerStage.ReadAsync(socket);
        var stopping = stage.DisposeAsync();
        await ServerStage.ReadUntilAsync(socket, "\"code\":1001");
        Assert.Equal(1001, await ServerStage.ReadToCloseAsync(socket));
        await stopping;
    }

    [Theory]
    [InlineData("http://evil.example")]
    [InlineData("null")]
    public async Task Page_of_another_site_may_not_connect(string origin)
    {
        await using var stage = await ServerStage.StartAsync();
        await Assert.ThrowsAsync<WebSocketException>(() => stage.ConnectAsync(origin: origin));
        using var own = await stage.ConnectAsync(origin: stage.Server.Url.GetLeftPart(UriPartial.Authority));
        Assert.Equal(WebSocketState.Open, own.State);
    }

    [Fact]
    public async Task Event_stream_resumes_after_the_last_event()
    {
        await using var stage = await ServerStage.StartAsync();
        var cpu = stage.Engine.Resolve(new SeriesKey("cpu"));
        stage.Engine.Append(cpu, 41);
        var address = "/sse?subscribe=" + Uri.EscapeDataString(Subscribe);
        var (history, id) = await ReadEventAsync(stage, address, null, "41]]");
        Assert.Contains("\"type\":\"", history, StringComparison.Ordinal);
        Assert.NotNull(id);
        stage.Engine.Append(cpu, 42);
        var (data, _) = await ReadEventAsync(stage, address, id, "42]]");
        Assert.StartsWith("{\"type\":\"data\"", data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Event_stream_ends_when_the_server_stops()
    {
        var stage = await ServerStage.StartAsync();
        using var response = await stage.Http.GetAsync("/sse", HttpCompletionOption.ResponseHeadersRead, ServerStage.Patience);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("no", response.Headers.GetValues("X-Accel-Buffering").Single());
        var reading = response.Content.ReadAsStringAsync(ServerStage.Patience);
        await stage.Server.DisposeAsync();
        Assert.Contains("\"type\":\"bye\",\"code\":1001", await reading, StringComparison.Ordinal);
        await stage.DisposeAsync();
    }

    [Theory]
    [InlineData("/ws", HttpStatusCode.UpgradeRequired)]
    [InlineData("/sse?subscribe=nonsense", HttpStatusCode.BadRequest)]
    [InlineData("/sse?dashboard=mian", HttpStatusCode.NotFound)]
    public async Task What_cannot_be_is_answered_in_words(string address, HttpStatusCode status)
    {
        await using var stage = await ServerStage.StartAsync();
        using var response = await stage.Http.GetAsync(address, ServerStage.Patience);
        Assert.Equal(status, response.StatusCode);
    }

    private static async Task<(string Data, string? Id)> ReadEventAsync(ServerStage stage, string address, string? lastId, string part)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (lastId is not null) request.Headers.Add("Last-Event-ID", lastId);
        using var response = await stage.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ServerStage.Patience);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(ServerStage.Patience));
        string? id = null;
        while (await lines.ReadLineAsync(ServerStage.Patience) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal)) id = line[4..];
            if (line.StartsWith("data: ", StringComparison.Ordinal) && line.Contains(part, StringComparison.Ordinal)) return (line[6..], id);
        }
        throw new EndOfStreamException($"The stream ended before '{part}'.");
    }
}
