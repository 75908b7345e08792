namespace Weir.Server.Gateway;

/// <summary>A thread that ticks: when it is woken, and now and then without; further apart when ticks take long.</summary>
/// <param name="tick">One round.</param>
/// <param name="end">Called last, on the same thread.</param>
/// <param name="log">Hears of what they throw: an exception that leaves the thread would end the process, which is the application's.</param>
/// <param name="time">The clock by which ticks are measured.</param>
internal sealed class TickLoop(Action tick, Action end, GatewayLog log, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan IntervalMin = TimeSpan.FromMilliseconds(16);
    private static readonly TimeSpan IntervalMax = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan WaitMax = TimeSpan.FromMilliseconds(100);

    private readonly AutoResetEvent _wake = new(false);
    private readonly ManualResetEvent _stop = new(false);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Thread? _thread;
    private bool _stopping;

    public bool IsRunning => _thread is not null && !Volatile.Read(ref _stopping);

    public bool IsStarted => _thread is not null;

    public void Start()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "weir-gateway" };
        _thread.Start();
    }

    public void Wake() => _wake.Set();

    /// <summary>Ends the thread. True for the first call, whose caller puts the rest away.</summary>
    public async ValueTask<bool> StopAsync()
    {
        if (_thread is null) return false;
        var isFirst = !Interlocked.Exchange(ref _stopping, true);
        _stop.Set();
        Wake();
        await _ended.Task.ConfigureAwait(false);
        return isFirst;
    }

    /// <summary>The events stay: what wakes a loop that has ended does no harm.</summary>
    public async ValueTask DisposeAsync() => await StopAsync().ConfigureAwait(false);

    private void Run()
    {
        var interval = IntervalMin;
        while (IsRunning)
        {
            _wake.WaitOne(WaitMax);
            var began = time.GetTimestamp();
            Try(tick, "a tick");
            // A tick that takes half of its interval means that ticks come too often: give viewers fewer, larger frames.
            var took = time.GetElapsedTime(began);
            if (took > interval / 2) interval = interval * 1.5 < IntervalMax ? interval * 1.5 : IntervalMax;
            else interval = interval * 0.9 > IntervalMin ? interval * 0.9 : IntervalMin;
            // Wakes that come while waiting this out are kept for the next tick.
            if (took < interval) _stop.WaitOne(interval - took);
        }
        Try(end, "saying goodbye");
        _ended.SetResult();
    }

    private void Try(Action action, string what)
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            log.Failed(what, e);
        }
    }
}
