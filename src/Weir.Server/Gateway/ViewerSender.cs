using System.Collections.Concurrent;
using Weir.Engine.Views;

namespace Weir.Server.Gateway;

/// <summary>
/// Sends viewers what they have not seen, one message at a time: a viewer that does not take it costs that message of memory and nobody's time.
/// Its loop calls it from one thread.
/// </summary>
/// <param name="composer">Makes the messages.</param>
/// <param name="counters">What was sent, and what went wrong.</param>
/// <param name="log">Where failures are told.</param>
/// <param name="time">The clock of deadlines.</param>
/// <param name="wake">Calls for another tick, from any thread.</param>
internal sealed class ViewerSender(MessageComposer composer, GatewayCounters counters, GatewayLog log, TimeProvider time, Action wake)
{
    private static readonly TimeSpan SendDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(2);

    /// <summary>Bytes and messages to one viewer before others have their turn.</summary>
    private const int BytesPerTick = 1 << 20;
    private const int MessagesPerTick = 256;

    private readonly ConcurrentBag<MessageBuffer> _buffers = [];

    /// <summary>As <see cref="Flush"/>; a viewer for whom no message can be made is cut off, and the others go on.</summary>
    public void TryFlush(Viewer viewer)
    {
        try
        {
            Flush(viewer);
        }
        catch (Exception e)
        {
            log.Failed("making a message", e);
            CutOff(viewer);
        }
    }

    /// <summary>Says goodbye to all who still hear it.</summary>
    public void SayGoodbye(IEnumerable<Viewer> viewers)
    {
        var closing = new List<Task>();
        foreach (var viewer in viewers)
        {
            if (viewer.IsGone) continue;
            viewer.IsGone = true;
            if (viewer.IsSending) TryAbort(viewer);
            else closing.Add(EndAsync(viewer, DisconnectCode.GoingAway));
        }
        Task.WaitAll([.. closing]);
    }

    /// <summary>Sends what the viewer has not seen, message by message, until it is up to date or the connection takes no more.</summary>
    private void Flush(Viewer viewer)
    {
        if (viewer.IsGone) return;
        if (viewer.IsSending)
        {
            if (time.GetElapsedTime(viewer.SendingSince) > SendDeadline) CutOff(viewer);
            return;
        }
        if (!viewer.HasNews) return;
        viewer.HasNews = false;
        if (viewer.Pending is { } taken)
        {
            viewer.Pending = null;
            Return(taken);
        }
        var (messages, bytes) = (0, 0L);
        while (!viewer.IsSending && !viewer.IsGone)
        {
            if (messages++ == MessagesPerTick || bytes >= BytesPerTick)
            {
                viewer.HasNews = true;
                wake();
                return;
            }
            // Who is sent away still learns why.
            if (viewer.Leaving is { } code && viewer.Errors.Count == 0)
            {
                End(viewer, code);
                return;
            }
            var buffer = RentBuffer();
            var before = viewer.Conflations;
            if (!composer.TryCompose(viewer, buffer, out var isText))
            {
                Return(buffer);
                return;
            }
            if (viewer.Conflations != before) Interlocked.Increment(ref counters.ConflationsCount);
            bytes += buffer.Length;
            Send(viewer, buffer, isText);
        }
    }

    private void Send(Viewer viewer, MessageBuffer buffer, bool isText)
    {
        Interlocked.Increment(ref counters.MessagesSentCount);
        Interlocked.Add(ref counters.BytesSentCount, buffer.Length);
        ValueTask sending;
        try
        {
            sending = viewer.Transport.SendAsync(buffer.Memory, isText, CancellationToken.None);
        }
        catch (Exception e)
        {
            sending = ValueTask.FromException(e);
        }
        if (sending.IsCompletedSuccessfully)
        {
            sending.GetAwaiter().GetResult();
            Return(buffer);
            return;
        }
        viewer.Pending = buffer;
        viewer.SendingSince = time.GetTimestamp();
        viewer.IsSending = true;
        _ = AwaitSend(viewer, sending);
    }

    private async Task AwaitSend(Viewer viewer, ValueTask sending)
    {
        try
        {
            await sending.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // The connection broke under the message; whoever reads from it learns the same and detaches the viewer.
            if (IsBreak(e)) Interlocked.Increment(ref counters.ErrorsCount);
            else log.Failed("sending a message", e);
            viewer.IsGone = true;
            TryAbort(viewer);
        }
        viewer.HasNews = true;
        viewer.IsSending = false;
        wake();
    }

    /// <summary>Viewers leave without a word all day; that is no fault to log.</summary>
    private static bool IsBreak(Exception e) => e is IOException or OperationCanceledException or ObjectDisposedException or System.Net.WebSockets.WebSocketException;

    private void CutOff(Viewer viewer)
    {
        Interlocked.Increment(ref counters.DisconnectsCount);
        viewer.IsGone = true;
        TryAbort(viewer);
    }

    private void TryAbort(Viewer viewer)
    {
        try
        {
            viewer.Transport.Abort();
        }
        catch (Exception e)
        {
            log.Failed("cutting off a viewer", e);
        }
    }

    private void End(Viewer viewer, DisconnectCode code)
    {
        Interlocked.Increment(ref counters.DisconnectsCount);
        viewer.IsGone = true;
        _ = EndAsync(viewer, code);
    }

    private async Task EndAsync(Viewer viewer, DisconnectCode code)
    {
        try
        {
            using var deadline = new CancellationTokenSource(StopDeadline, time);
            var bye = new MessageBuffer();
            ServerMessages.Bye(bye, code);
            await viewer.Transport.SendAsync(bye.Memory, isText: true, deadline.Token).ConfigureAwait(false);
            await viewer.Transport.CloseAsync(code, deadline.Token).ConfigureAwait(false);
            // The other side answers the close; one that does not must not keep its place.
            await viewer.Detached.WaitAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            TryAbort(viewer);
        }
    }

    private void Return(MessageBuffer buffer)
    {
        if (buffer.IsWorthKeeping) _buffers.Add(buffer);
    }

    private MessageBuffer RentBuffer()
    {
        var buffer = _buffers.TryTake(out var free) ? free : new MessageBuffer();
        buffer.Clear();
        return buffer;
    }
}
