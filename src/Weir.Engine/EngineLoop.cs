namespace Weir.Engine;

/// <summary>The thread that runs an engine's rounds: at its own pace, woken early when a lane fills.</summary>
internal sealed class EngineLoop(TimeSeriesEngine engine) : IDisposable
{
    private readonly Lock _change = new();
    private readonly AutoResetEvent _wake = new(false);
    private Thread? _thread;
    private volatile bool _stopping;
    private bool _disposed;

    public void Start()
    {
        lock (_change)
        {
            ObjectDisposedException.ThrowIf(_disposed, engine);
            if (_thread is not null) return;
            _stopping = false;
            _thread = new Thread(Run) { IsBackground = true, Name = "weir-engine" };
            _thread.Start();
        }
    }

    public void Stop()
    {
        lock (_change)
        {
            if (_thread is null) return;
            _stopping = true;
            _wake.Set();
            _thread.Join();
            _thread = null;
        }
    }

    public void Wake()
    {
        try
        {
            _wake.Set();
        }
        catch (ObjectDisposedException)
        {
            // Senders may outlive the engine, and sending never throws into the application.
        }
    }

    public void Dispose()
    {
        lock (_change) _disposed = true;
        Stop();
        _wake.Dispose();
    }

    private void Run()
    {
        var interval = engine.Options.RoundInterval.ToTimeSpan();
        while (!_stopping)
        {
            if (engine.RunRound() == 0) _wake.WaitOne(interval);
        }
    }
}
