using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Weir.Engine;
using Weir.Engine.Time;
using Weir.Engine.Views;
using Weir.Visuals.Dashboards;

namespace Weir.Server.Gateway;

/// <summary>
/// Pushes views to viewers. One loop owns all viewers and views; connections post commands to it and it sends. A tick refreshes the views that
/// someone watches, encodes what changed once, and gives every viewer that is ready its next message; a viewer that is not ready is passed
/// over and later catches up from the engine. So a stalled viewer costs one message of memory and nobody's time.
/// </summary>
public sealed partial class ViewerGateway : IAsyncDisposable
{
    private static readonly TimeSpan TickMin = TimeSpan.FromMilliseconds(16);
    private static readonly TimeSpan TickMax = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan WaitMax = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan SendDeadline = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(2);

    /// <summary>Bytes and messages to one viewer before others have their turn.</summary>
    private const int BytesPerTick = 1 << 20;
    private const int MessagesPerTick = 256;

    private readonly TimeSeriesEngine _engine;
    private readonly TimeProvider _time;
    private readonly ConcurrentQueue<Action> _commands = new();
    private readonly ConcurrentBag<MessageBuffer> _buffers = [];
    private readonly List<Viewer> _viewers = [];
    private readonly ViewCatalog _views;
    private readonly TableViewCatalog _tableViews;
    private readonly MessageComposer _composer;
    private readonly GatewayLog _log;
    private readonly AutoResetEvent _wake = new(false);
    private readonly ManualResetEvent _stop = new(false);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Thread? _thread;
    private TimeSpan _interval = TickMin;
    private long _heartbeatAt;
    private int _viewerCount;
    private int _viewCount;
    private bool _stopping;

    /// <param name="engine">Whose series and tables viewers see.</param>
    /// <param name="loggers">Where failures are logged, each kind once; nowhere when null.</param>
    public ViewerGateway(TimeSeriesEngine engine, ILoggerFactory? loggers = null)
        : this(engine, loggers, work => ThreadPool.UnsafeQueueUserWorkItem(static run => run(), work, preferLocal: false))
    {
    }

    /// <param name="engine">Whose series and tables viewers see.</param>
    /// <param name="loggers">Where failures are logged.</param>
    /// <param name="background">Runs what may take long.</param>
    internal ViewerGateway(TimeSeriesEngine engine, ILoggerFactory? loggers, Action<Action> background)
    {
        (_engine, _time) = (engine, engine.Time);
        _log = new GatewayLog((loggers ?? NullLoggerFactory.Instance).CreateLogger("Weir.Server.Gateway"), Counters);
        _views = new ViewCatalog(engine, background);
        _tableViews = new TableViewCatalog(engine.Tables, background, _time, e => _log.Failed("making the rows of a table", e), Wake);
        _heartbeatAt = _time.GetTimestamp();
        _composer = new MessageComposer(engine, Epoch);
    }

    /// <summary>Names this run; sequence numbers mean something only within it.</summary>
    public string Epoch => _views.Epoch;

    public GatewayCounters Counters { get; } = new();

    /// <summary>Number of the newest frame of any view.</summary>
    public ulong Sequence => _views.Offset;

    /// <summary>Viewers connected now.</summary>
    public int ViewerCount => Volatile.Read(ref _viewerCount);

    /// <summary>Views shared by them now, lingering ones included.</summary>
    public int ViewCount => Volatile.Read(ref _viewCount);

    public bool IsRunning => _thread is not null && !Volatile.Read(ref _stopping);

    public void Start()
    {
        if (_thread is not null) return;
        _engine.Published += Wake;
        _engine.Tables.Changed += Wake;
        _thread = new Thread(Run) { IsBackground = true, Name = "weir-gateway" };
        _thread.Start();
    }

    /// <summary>Says goodbye to all viewers and ends the loop.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_thread is null) return;
        if (Interlocked.Exchange(ref _stopping, true))
        {
            await _ended.Task.ConfigureAwait(false);
            return;
        }
        _stop.Set();
        Wake();
        await _ended.Task.ConfigureAwait(false);
        _engine.Published -= Wake;
        _engine.Tables.Changed -= Wake;
    }

    internal Viewer Attach(IViewerTransport transport, DashboardDocument dashboard)
    {
        var viewer = new Viewer(transport, dashboard);
        Interlocked.Increment(ref _viewerCount);
        Interlocked.Increment(ref Counters.ConnectionsCount);
        Post(() => _viewers.Add(viewer));
        return viewer;
    }

    /// <summary>Called once the connection has ended, by whichever side.</summary>
    internal void Detach(Viewer viewer)
    {
        Interlocked.Decrement(ref _viewerCount);
        viewer.Detach();
        Post(() =>
        {
            foreach (var subscription in viewer.Subscriptions) subscription.Leave(viewer);
            viewer.Subscriptions.Clear();
            viewer.ByKey.Clear();
            _viewers.Remove(viewer);
        });
    }

    internal void Handle(Viewer viewer, ViewerMessage message) => Post(() => Apply(viewer, message));

    internal void Tell(Viewer viewer, ViewerError error)
    {
        Interlocked.Increment(ref Counters.RefusedMessagesCount);
        Post(() => viewer.AddError(error));
    }

    internal void SendAway(Viewer viewer, DisconnectCode code) => Post(() => viewer.Leaving ??= code);

    private void Wake() => _wake.Set();

    private void Post(Action command)
    {
        _commands.Enqueue(command);
        Wake();
    }

    private void Run()
    {
        while (IsRunning)
        {
            _wake.WaitOne(WaitMax);
            var began = _time.GetTimestamp();
            TryTick();
            // A tick that takes half of its interval means that ticks come too often: give viewers fewer, larger frames.
            var took = _time.GetElapsedTime(began);
            _interval = took > _interval / 2 ? Min(TickMax, _interval * 1.5) : Max(TickMin, _interval * 0.9);
            // Wakes that come while waiting this out are kept for the next tick.
            if (took < _interval) _stop.WaitOne(_interval - took);
        }
        try
        {
            SayGoodbye();
        }
        catch (Exception e)
        {
            _log.Failed("saying goodbye", e);
        }
        _ended.SetResult();
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private void TryTick()
    {
        try
        {
            Tick();
        }
        catch (Exception e)
        {
            // An exception that leaves the loop would end the process, which is the application's.
            _log.Failed("a tick", e);
        }
    }

    /// <summary>One round: commands, views, heartbeats, sends.</summary>
    internal void Tick()
    {
        RunCommands();
        RefreshViews();
        MarkHeartbeats();
        foreach (var viewer in _viewers)
        {
            try
            {
                Flush(viewer);
            }
            catch (Exception e)
            {
                // One viewer for whom no message can be made does not end the loop, and with it the process, for all.
                _log.Failed("making a message", e);
                CutOff(viewer);
            }
        }
    }

    private void RunCommands()
    {
        while (_commands.TryDequeue(out var command))
        {
            try
            {
                command();
            }
            catch (Exception e)
            {
                _log.Failed("acting upon a message", e);
            }
        }
    }

    /// <summary>Up to which frame of any view the viewer has all it asked for; null while something is still to come.</summary>
    internal ulong? ResumableAt(Viewer viewer) =>
        viewer.Subscriptions.Count > 0 && viewer.Subscriptions.TrueForAll(subscription => subscription.IsUpToDate) ? _views.Offset : null;

    private void RefreshViews()
    {
        var now = UnixTime.Now(_time);
        foreach (var view in _tableViews.All) view.Refresh();
        foreach (var view in _views.All)
        {
            if (!view.IsWatched || !view.TryRefresh(_views.NextOffset(), now, RefreshFailed)) continue;
            Interlocked.Increment(ref Counters.FramesCount);
            var age = (now - view.NewestTime) / 1e9;
            // Points that were given a time of their own say nothing about how long they travelled.
            if (age is >= 0 and < 10) Counters.Latency.Add(age);
        }
    }

    private void RefreshFailed(Exception e) => _log.Failed("refreshing a view", e);

    private void MarkHeartbeats()
    {
        if (_time.GetElapsedTime(_heartbeatAt) < ServerMessages.HeartbeatInterval) return;
        _heartbeatAt = _time.GetTimestamp();
        foreach (var viewer in _viewers) viewer.IsHeartbeatDue = true;
        _views.RemoveIdle();
        Volatile.Write(ref _viewCount, _views.Count);
    }

    /// <summary>Sends what the viewer has not seen, message by message, until it is up to date or the connection takes no more.</summary>
    private void Flush(Viewer viewer)
    {
        if (viewer.IsGone) return;
        if (viewer.IsSending)
        {
            if (_time.GetElapsedTime(viewer.SendingSince) > SendDeadline) CutOff(viewer);
            return;
        }
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
                Wake();
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
            if (!_composer.TryCompose(viewer, buffer, out var isText))
            {
                Return(buffer);
                return;
            }
            if (viewer.Conflations != before) Interlocked.Increment(ref Counters.ConflationsCount);
            bytes += buffer.Length;
            Send(viewer, buffer, isText);
        }
    }

    private void Send(Viewer viewer, MessageBuffer buffer, bool isText)
    {
        Interlocked.Increment(ref Counters.MessagesSentCount);
        Interlocked.Add(ref Counters.BytesSentCount, buffer.Length);
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
        viewer.SendingSince = _time.GetTimestamp();
        viewer.IsSending = true;
        _ = AwaitSend(viewer, sending);
    }

    private async Task AwaitSend(Viewer viewer, ValueTask sending)
    {
        try
        {
            await sending.ConfigureAwait(false);
        }
        catch (Exception)
        {
            // The connection broke under the message; whoever reads from it learns the same and detaches the viewer.
            Interlocked.Increment(ref Counters.ErrorsCount);
            viewer.IsGone = true;
            viewer.Transport.Abort();
        }
        viewer.IsSending = false;
        Wake();
    }

    private void CutOff(Viewer viewer)
    {
        Interlocked.Increment(ref Counters.DisconnectsCount);
        viewer.IsGone = true;
        viewer.Transport.Abort();
    }

    private void End(Viewer viewer, DisconnectCode code)
    {
        Interlocked.Increment(ref Counters.DisconnectsCount);
        viewer.IsGone = true;
        _ = EndAsync(viewer, code);
    }

    private async Task EndAsync(Viewer viewer, DisconnectCode code)
    {
        try
        {
            using var deadline = new CancellationTokenSource(StopDeadline, _time);
            var bye = new MessageBuffer();
            ServerMessages.Bye(bye, code);
            await viewer.Transport.SendAsync(bye.Memory, isText: true, deadline.Token).ConfigureAwait(false);
            await viewer.Transport.CloseAsync(code, deadline.Token).ConfigureAwait(false);
            // The other side answers the close; one that does not must not keep its place.
            await viewer.Detached.WaitAsync(deadline.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            viewer.Transport.Abort();
        }
    }

    private void SayGoodbye()
    {
        RunCommands();
        var closing = new List<Task>();
        foreach (var viewer in _viewers)
        {
            if (viewer.IsGone) continue;
            viewer.IsGone = true;
            if (viewer.IsSending) viewer.Transport.Abort();
            else closing.Add(EndAsync(viewer, DisconnectCode.GoingAway));
        }
        Task.WaitAll([.. closing]);
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
