using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Weir.Bench.Live.Viewers;

internal delegate void BlocksHandler(ReadOnlySpan<byte> message, long arrived);

/// <summary>A viewer that speaks the binary protocol.</summary>
internal sealed class WireViewer : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _ending = new();
    private Task _receiving = Task.CompletedTask;

    /// <summary>Widget of each view of this connection.</summary>
    public Dictionary<uint, string> Views { get; } = [];

    /// <summary>Bytes received.</summary>
    public long Bytes { get; private set; }

    public static string Subscription(IEnumerable<string> widgets, int range, int width) => JsonSerializer.Serialize(new
    {
        type = "subscribe",
        views = widgets.Select(widget => new { widget, range, width }),
    });

    public static async Task<WireViewer> ConnectAsync(Uri socket, string subscription, BlocksHandler onBlocks)
    {
        var viewer = new WireViewer();
        viewer._socket.Options.AddSubProtocol("weir.v1.bin");
        await viewer._socket.ConnectAsync(socket, CancellationToken.None);
        await viewer._socket.SendAsync(Encoding.UTF8.GetBytes(subscription), WebSocketMessageType.Text, true, CancellationToken.None);
        viewer._receiving = viewer.ReceiveAsync(onBlocks);
        return viewer;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _receiving;
        _socket.Dispose();
        _ending.Dispose();
    }

    private async Task ReceiveAsync(BlocksHandler onBlocks)
    {
        var buffer = new byte[1 << 17];
        var length = 0;
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(buffer.AsMemory(length), _ending.Token);
                length += received.Count;
                if (received.MessageType == WebSocketMessageType.Close) return;
                if (!received.EndOfMessage) continue;
                Bytes += length;
                if (received.MessageType == WebSocketMessageType.Binary) onBlocks(buffer.AsSpan(0, length), Stopwatch.GetTimestamp());
                else ReadText(buffer.AsMemory(0, length));
                length = 0;
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The measurement is over.
        }
    }

    private void ReadText(ReadOnlyMemory<byte> text)
    {
        using var message = JsonDocument.Parse(text);
        switch (message.RootElement.GetProperty("type").GetString())
        {
            case "view":
                Views[message.RootElement.GetProperty("view").GetUInt32()] = message.RootElement.GetProperty("widget").GetString()!;
                break;
            case "error":
                Run.Say($"The server refused: {message.RootElement.GetProperty("message").GetString()}");
                break;
        }
    }
}
