namespace Weir.Connectors;

/// <summary>
/// Calls a source at an interval, on the provider's timer, never twice at once: a call that outlasts the interval makes the next one late,
/// not parallel. A call that throws does not end the source; its exception is kept for those who ask.
/// </summary>
internal sealed class Poller : IDisposable
{
    private readonly Action _poll;
    private readonly Lock _running = new();
    private readonly ITimer _timer;
    private bool _disposed;

    public Poller(TimeProvider time, TimeSpan interval, Action poll)
    {
        _poll = poll;
        _timer = time.CreateTimer(_ => Run(), null, TimeSpan.Zero, interval);
    }

    /// <summary>What went wrong in the last call, or null when it went well.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Stops calling, and waits for a call that is under way.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_running) _disposed = true;
    }

    private void Run()
    {
        if (!_running.TryEnter()) return;
        try
        {
            if (_disposed) return;
            _poll();
            Failure = null;
        }
        catch (Exception e)
        {
            Failure = e;
        }
        finally
        {
            _running.Exit();
        }
    }
}
