using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Weir.Server.Gateway;

/// <summary>A viewer behind a stream of server-sent events: the JSON messages, each with an id to resume from.</summary>
/// <param name="context">The request; not touched any more after <see cref="LetGo"/>.</param>
/// <param name="epoch">This run of the server.</param>
/// <param name="sequence">Up to where the viewer has everything, or null while it lacks something: then an event has no id, and the browser keeps the one before.</param>
internal sealed class SseTransport(HttpContext context, string epoch, Func<ulong?> sequence) : IViewerTransport
{
    private readonly Lock _gate = new();
    private bool _isOver;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsBinary => false;

    /// <summary>Completes when the server ends the stream.</summary>
    public Task Ended => _ended.Task;

    public async ValueTask SendAsync(ReadOnlyMemory<byte> message, bool isText, CancellationToken cancellation)
    {
        ValueTask<FlushResult> flushing;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isOver, this);
            var body = context.Response.BodyWriter;
            if (sequence() is { } known) Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {epoch}:{known}\n"), body);
            body.Write("data: "u8);
            body.Write(message.Span);
            body.Write("\n\n"u8);
            flushing = body.FlushAsync(cancellation);
        }
        await flushing.ConfigureAwait(false);
    }

    /// <summary>The request is over; the server may use its context for another.</summary>
    public void LetGo()
    {
        lock (_gate) _isOver = true;
    }

    public Task CloseAsync(DisconnectCode code, CancellationToken cancellation)
    {
        _ended.TrySetResult();
        return Task.CompletedTask;
    }

    public void Abort()
    {
        lock (_gate)
        {
            if (!_isOver) context.Abort();
        }
        _ended.TrySetResult();
    }
}
