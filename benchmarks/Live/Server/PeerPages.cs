using System.Net.WebSockets;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Weir.Bench.Live.Server;

/// <summary>Serves the peers' pages and streams raw points to them in binary, 60 times a second.</summary>
internal sealed class PeerPages : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(16);
    private readonly WebApplication _application;
    private readonly ChartStream _stream;
    private readonly string _folder;

    private PeerPages(ChartStream stream, string folder)
    {
        (_stream, _folder) = (stream, folder);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        _application = builder.Build();
        _application.UseWebSockets();
        _application.Run(HandleAsync);
    }

    public string Url => _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<PeerPages> StartAsync(ChartStream stream, string folder)
    {
        var pages = new PeerPages(stream, folder);
        await pages._application.StartAsync();
        return pages;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task HandleAsync(HttpContext context)
    {
        if (context.WebSockets.IsWebSocketRequest)
        {
            await FeedAsync(context);
            return;
        }
        var file = Path.GetFullPath(Path.Combine(_folder, context.Request.Path.Value!.TrimStart('/')));
        if (!file.StartsWith(_folder, StringComparison.Ordinal) || !File.Exists(file))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        context.Response.ContentType = Path.GetExtension(file) switch { ".html" => "text/html", ".css" => "text/css", _ => "text/javascript" };
        await context.Response.Body.WriteAsync(await File.ReadAllBytesAsync(file));
    }

    private async Task FeedAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var timer = new PeriodicTimer(Tick);
        var next = Math.Max(0, _stream.Count - ChartStream.History);
        try
        {
            while (await timer.WaitForNextTickAsync(context.RequestAborted))
            {
                var message = _stream.ReadFrom(next, ChartStream.History);
                if (message[0] == 0) continue;
                next = Math.Max(next, _stream.Count - ChartStream.History) + (long)message[0];
                await socket.SendAsync(MemoryMarshal.AsBytes(message.AsSpan()).ToArray(), WebSocketMessageType.Binary, true, context.RequestAborted);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // The page was closed.
        }
    }
}
