using System.Globalization;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weir.Engine.Views;
using Weir.Server.Access;
using Weir.Server.Hosting;
using Weir.Server.Security;
using Weir.Visuals.Dashboards;

namespace Weir.Server.Gateway;

/// <summary>Where viewers come in: <c>/ws</c> and <c>/sse</c>.</summary>
internal sealed class ViewerEndpoints(ViewerGateway gateway, ServerAccess access, ServerOptions options, TimeProvider time)
{
    public const string BinaryProtocol = "weir.v1.bin";
    public const string JsonProtocol = "weir.v1.json";

    /// <summary>Refused messages in a row after which a viewer is sent away.</summary>
    private const int RefusalsMax = 10;

    /// <summary>Messages that may come while a viewer is rate limited; who goes on after that is sent away.</summary>
    private const int LimitedMax = 100;

    /// <summary>How long a viewer that is turned away may take to answer the close.</summary>
    private static readonly TimeSpan CloseDeadline = TimeSpan.FromSeconds(2);

    public void Map(IEndpointRouteBuilder endpoints)
    {
        // The middleware is put before this one endpoint, so that an application need not know that Weir uses WebSockets.
        var sockets = endpoints.CreateApplicationBuilder();
        sockets.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(15), KeepAliveTimeout = TimeSpan.FromSeconds(30) });
        sockets.Run(HandleSocket);
        endpoints.Map("/ws", sockets.Build());
        endpoints.MapGet("/sse", HandleEvents);
    }

    private async Task HandleSocket(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await context.Response.Answer(StatusCodes.Status426UpgradeRequired, "This is a WebSocket endpoint. Open it with ws://, or use /sse.").ConfigureAwait(false);
            return;
        }
        if (!OriginCheck.IsSameOrigin(context.Request))
        {
            await context.Response.Answer(StatusCodes.Status403Forbidden, $"The origin '{context.Request.Headers.Origin}' may not connect here.").ConfigureAwait(false);
            return;
        }
        if (FindDashboard(context) is not { } dashboard)
        {
            await context.Response.Answer(StatusCodes.Status404NotFound, DashboardMissing(context)).ConfigureAwait(false);
            return;
        }
        var requested = context.WebSockets.WebSocketRequestedProtocols;
        var protocol = requested.Contains(BinaryProtocol) ? BinaryProtocol : requested.Contains(JsonProtocol) ? JsonProtocol : null;
        using var socket = await context.WebSockets.AcceptWebSocketAsync(protocol).ConfigureAwait(false);
        var transport = new WebSocketTransport(socket, protocol == BinaryProtocol);
        if (requested.Count > 0 && protocol is null)
        {
            await CloseNow(socket, transport, DisconnectCode.UnsupportedProtocol).ConfigureAwait(false);
            return;
        }
        if (gateway.ViewerCount >= options.ConnectionsMax || !gateway.IsRunning)
        {
            await CloseNow(socket, transport, gateway.IsRunning ? DisconnectCode.TooManyConnections : DisconnectCode.GoingAway).ConfigureAwait(false);
            return;
        }
        var viewer = gateway.Attach(transport, dashboard, access.ScopeOf(context));
        try
        {
            await ReceiveAll(socket, viewer, context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // The viewer went without a word, which is an ordinary way to go.
        }
        finally
        {
            gateway.Detach(viewer);
        }
    }

    private async Task ReceiveAll(WebSocket socket, Viewer viewer, CancellationToken cancellation)
    {
        var buffer = new byte[ViewerMessageReader.BytesMax + 1];
        var budget = new MessageBudget(options.MessagesPerMinute, time);
        var (refusals, limited) = (0, 0);
        while (true)
        {
            var length = 0;
            ValueWebSocketReceiveResult received;
            do
            {
                received = await socket.ReceiveAsync(buffer.AsMemory(length), cancellation).ConfigureAwait(false);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    viewer.IsGone = true;
                    if (socket.State == WebSocketState.CloseReceived)
                    {
                        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellation).ConfigureAwait(false);
                    }
                    return;
                }
                length += received.Count;
                if (length > ViewerMessageReader.BytesMax)
                {
                    gateway.Tell(viewer, new ViewerError("bad-message", $"A message has at most {ViewerMessageReader.BytesMax} bytes."));
                    gateway.SendAway(viewer, DisconnectCode.BadMessage);
                    await Drain(socket, buffer, cancellation).ConfigureAwait(false);
                    return;
                }
            }
            while (!received.EndOfMessage);

            if (!budget.TryTake(out var retryAfter))
            {
                gateway.Tell(viewer, new ViewerError(
                    "rate-limited", $"More than {options.MessagesPerMinute} messages a minute; this one was not acted upon.", RetryAfter: retryAfter));
                if (++limited == LimitedMax) gateway.SendAway(viewer, DisconnectCode.RateLimited);
                continue;
            }
            try
            {
                if (received.MessageType != WebSocketMessageType.Text) throw new FormatException("Messages to the server are JSON text frames.");
                gateway.Handle(viewer, ViewerMessageReader.Read(buffer.AsMemory(0, length)));
                (refusals, limited) = (0, 0);
            }
            catch (FormatException e)
            {
                gateway.Tell(viewer, new ViewerError("bad-message", e.Message));
                if (++refusals == RefusalsMax) gateway.SendAway(viewer, DisconnectCode.BadMessage);
            }
        }
    }

    /// <summary>Reads on without looking until the other side closes, so that the close frame gets through.</summary>
    private static async Task Drain(WebSocket socket, byte[] buffer, CancellationToken cancellation)
    {
        while ((await socket.ReceiveAsync(buffer.AsMemory(), cancellation).ConfigureAwait(false)).MessageType != WebSocketMessageType.Close)
        {
        }
    }

    private async Task HandleEvents(HttpContext context)
    {
        if (FindDashboard(context) is not { } dashboard)
        {
            await context.Response.Answer(StatusCodes.Status404NotFound, DashboardMissing(context)).ConfigureAwait(false);
            return;
        }
        ViewerMessage.Subscribe? subscribe = null;
        if (context.Request.Query["subscribe"].ToString() is { Length: > 0 } given)
        {
            try
            {
                subscribe = ViewerMessageReader.Read(System.Text.Encoding.UTF8.GetBytes(given)) as ViewerMessage.Subscribe
                    ?? throw new FormatException("\"subscribe\" holds a message of type \"subscribe\".");
            }
            catch (FormatException e)
            {
                await context.Response.Answer(StatusCodes.Status400BadRequest, e.Message).ConfigureAwait(false);
                return;
            }
        }
        if (gateway.ViewerCount >= options.ConnectionsMax || !gateway.IsRunning)
        {
            context.Response.Headers.RetryAfter = "5";
            await context.Response.Answer(StatusCodes.Status503ServiceUnavailable, gateway.IsRunning ? "Too many connections." : "The server stops.").ConfigureAwait(false);
            return;
        }
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache, no-transform";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        await context.Response.StartAsync(context.RequestAborted).ConfigureAwait(false);
        Viewer? viewer = null;
        var transport = new SseTransport(context, gateway.Epoch, () => viewer is null ? null : gateway.ResumableAt(viewer));
        viewer = gateway.Attach(transport, dashboard, access.ScopeOf(context));
        try
        {
            if (subscribe is not null) gateway.Handle(viewer, subscribe with { ResumeFrom = LastEvent(context) ?? subscribe.ResumeFrom });
            await transport.Ended.WaitAsync(context.RequestAborted).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The browser closed the stream.
        }
        finally
        {
            transport.LetGo();
            gateway.Detach(viewer);
        }
    }

    /// <summary>Where an <c>EventSource</c> that reconnects by itself left off.</summary>
    private static ResumePoint? LastEvent(HttpContext context)
    {
        var id = context.Request.Headers["Last-Event-ID"].ToString();
        var colon = id.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && ulong.TryParse(id.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
            ? new ResumePoint(id[..colon], new Dictionary<string, ulong>(), sequence)
            : null;
    }

    private DashboardDocument? FindDashboard(HttpContext context) => access.Dashboards(context).Find(DashboardAsked(context));

    private string DashboardMissing(HttpContext context) => access.Dashboards(context).Missing(DashboardAsked(context));

    private static string DashboardAsked(HttpContext context) => context.Request.Query["dashboard"].ToString() is { Length: > 0 } id ? id : "main";

    private async Task CloseNow(WebSocket socket, WebSocketTransport transport, DisconnectCode code)
    {
        using var deadline = new CancellationTokenSource(CloseDeadline, time);
        var bye = new MessageBuffer();
        ServerMessages.Bye(bye, code);
        try
        {
            await transport.SendAsync(bye.Memory, isText: true, deadline.Token).ConfigureAwait(false);
            await transport.CloseAsync(code, deadline.Token).ConfigureAwait(false);
            await Drain(socket, new byte[1024], deadline.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // It left before it heard.
        }
    }
}
