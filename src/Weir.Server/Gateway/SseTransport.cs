using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Weir.Server.Gateway;

/// <summary>A viewer behind a stream of server-sent events: the JSON messages, each with an id to resume from.</summary>
internal sealed class SseTransport(HttpContext context, string epoch, Func<ulong> sequence) : IViewerTransport
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsBinary => false;

    /// <summary>Completes when the server ends the stream.</summary>
    public Task Ended => _ended.Task;

    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, bool isText, CancellationToken cancellation)
    {
        var body = context.Response.BodyWriter;
        var id = string.Create(CultureInfo.InvariantCulture, $"id: {epoch}:{sequence()}\ndata: ");
        Encoding.ASCII.GetBytes(id, body);
        message.Span.CopyTo(body.GetSpan(message.Length));
        body.Advance(message.Length);
        "\n\n"u8.CopyTo(body.GetSpan(2));
        body.Advance(2);
        await body.FlushAsync(cancellation).ConfigureAwait(false);
    }

    public Task CloseAsync(DisconnectCode code, CancellationToken cancellation)
    {
        _ended.TrySetResult();
        return Task.CompletedTask;
    }

    public void Abort()
    {
        _ended.TrySetResult();
        context.Abort();
    }
}
