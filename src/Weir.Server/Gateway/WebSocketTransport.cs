using System.Net.WebSockets;

namespace Weir.Server.Gateway;

/// <summary>A viewer behind a WebSocket.</summary>
internal sealed class WebSocketTransport(WebSocket socket, bool isBinary) : IViewerTransport
{
    public bool IsBinary => isBinary;

    public ValueTask SendAsync(ReadOnlyMemory<byte> message, bool isText, CancellationToken cancellation) =>
        socket.SendAsync(message, isText ? WebSocketMessageType.Text : WebSocketMessageType.Binary, endOfMessage: true, cancellation);

    public Task CloseAsync(DisconnectCode code, CancellationToken cancellation) =>
        socket.CloseOutputAsync((WebSocketCloseStatus)code.Code, code.Reason, cancellation);

    public void Abort() => socket.Abort();
}
