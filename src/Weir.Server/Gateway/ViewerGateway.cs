using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Weir.Engine;
using Weir.Engine.Access;
using Weir.Engine.Time;
using Weir.Engine.Views;
using Weir.Visuals.Dashboards;

namespace Weir.Server.Gateway;

/// <summary>
/// Pushes views to viewers. One loop owns all viewers and views; connections post commands to it and it sends. A tick refreshes the views that
/// a round touched and someone watches, encodes what changed once, and gives every viewer who has something to hear and is ready its next message; a viewer that
/// is not ready is passed over and later catches up from the engine. So a stalled viewer costs one message of memory and nobody's time.
/// </summary>
public sealed partial class ViewerGateway : IAsyncDisposable
{
    private readonly TimeSeriesEngine _engine;
    private readonly TimeProvider _time;
    private readonly ConcurrentQueue<Action> _commands = new();
    private readonly List<Viewer> _viewers = [];
    private readonly List<ColumnsView> _touched = [];
    private readonly ViewCatalog _views;
    private readonly TableViewCatalog _tableViews;
    private readonly GatewayLog _log;
    private readonly SendingLoops _senders;
    private readonly TickLoop _loop;
    private long _heartbeatAt;
    private int _viewerCount;
    private int _viewCount;

    /// <param name="engine">Whose series and tables viewers see.</param>
    /// <param name="loggers">Where failures are logged, each kind once; nowhere when null.</param>
    /// <param name="sendingLoops">Threads that make messages, 1 or more.</param>
    public ViewerGateway(TimeSeriesEngine engine, ILoggerFactory? loggers = null, int sendingLoops = 1)
        : this(engine, loggers, sendingLoops, work => ThreadPool.UnsafeQueueUserWorkItem(static run => run(), work, preferLocal: false))
    {
    }

    /// <param name="engine">Whose series and tables viewers see.</param>
    /// <param name="loggers">Where failures are logged.</param>
    /// <param name="sendingLoops">Threads that make messages.</param>
    /// <param name="background">Runs what may take long.</param>
    internal ViewerGateway(TimeSeriesEngine engine, ILoggerFactory? loggers, int sendingLoops, Action<Action> background)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sendingLoops);
        (_engine, _time) = (engine, engine.Time);
        _log = new GatewayLog((loggers ?? NullLoggerFactory.Instance).CreateLogger("Weir.Server.Gateway"), Counters);
        _loop = new TickLoop(Tick, SayGoodbye, _log, _time);
        _views = new ViewCatalog(engine, background, Wake, e => _log.Failed("evaluating an expression", e));
        _tableViews = new TableViewCatalog(engine.Tables, background, _time, e => _log.Failed("making the rows of a table", e), Wake);
        _heartbeatAt = _time.GetTimestamp();
        _senders = new SendingLoops(sendingLoops, () => new ViewerSender(new MessageComposer(engine, Epoch), Counters, _log, _time, Wake));
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

    internal ViewCatalog Views => _views;

    public bool IsRunning => _loop.IsRunning;

    public void Start()
    {
        if (_loop.IsStarted) return;
        _engine.Published += Wake;
        _engine.Tables.Changed += Wake;
        _loop.Start();
    }

    /// <summary>Says goodbye to all viewers and ends the loop.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!await _loop.StopAsync().ConfigureAwait(false)) return;
        await _loop.DisposeAsync().ConfigureAwait(false);
        _engine.Published -= Wake;
        _engine.Tables.Changed -= Wake;
        foreach (var view in _views.All) view.Dispose();
    }

    internal Viewer Attach(IViewerTransport transport, DashboardDocument dashboard, AccessScope scope)
    {
        var viewer = new Viewer(transport, dashboard, scope, _senders.Assign());
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
            _viewers.Remove(viewer);
            foreach (var subscription in viewer.Subscriptions) subscription.Leave();
            viewer.Subscriptions.Clear();
            viewer.ByKey.Clear();
        });
    }

    internal void Handle(Viewer viewer, ViewerMessage message) => Post(() => Apply(viewer, message));

    internal void Tell(Viewer viewer, ViewerError error)
    {
        Interlocked.Increment(ref Counters.RefusedMessagesCount);
        Post(() => viewer.AddError(error));
    }

    internal void SendAway(Viewer viewer, DisconnectCode code) => Post(() => viewer.SendAway(code));

    /// <summary>Runs something on the gateway's loop.</summary>
    internal void Post(Action command)
    {
        _commands.Enqueue(command);
        Wake();
    }

    private void Wake() => _loop.Wake();

    /// <summary>One round: commands, views, heartbeats, sends.</summary>
    internal void Tick()
    {
        RunCommands();
        RefreshViews();
        MarkHeartbeats();
        _senders.Flush(_viewers);
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
        _views.TakeTouched(now, _touched);
        foreach (var view in _touched)
        {
            var isNew = Refresh(view, now);
            if (view.IsOutdated(now)) Replace(view);
            if (!isNew) continue;
            Interlocked.Increment(ref Counters.FramesCount);
            var age = (now - view.NewestTime) / 1e9;
            // Points that were given a time of their own say nothing about how long they travelled.
            if (age is >= 0 and < 10) Counters.Latency.Add(age);
        }
    }

    private bool Refresh(ColumnsView view, long now)
    {
        Counters.RefreshesCount++;
        var isNew = view.TryRefresh(_views.NextOffset(), now, e => _log.Failed("refreshing a view", e));
        if (view.HasThrown || view.SlotsRefused > 0) _views.Watch(view);
        return isNew;
    }

    private void MarkHeartbeats()
    {
        if (_time.GetElapsedTime(_heartbeatAt) < ServerMessages.HeartbeatInterval) return;
        _heartbeatAt = _time.GetTimestamp();
        foreach (var viewer in _viewers) (viewer.IsHeartbeatDue, viewer.HasNews) = (true, true);
        _views.RemoveIdle();
        Volatile.Write(ref _viewCount, _views.Count);
    }

    private void SayGoodbye()
    {
        RunCommands();
        _senders.SayGoodbye(_viewers);
    }
}
