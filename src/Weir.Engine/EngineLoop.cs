using Weir.Engine.Ingest;

namespace Weir.Engine;

/// <summary>The thread that runs an engine's rounds: at its own pace, woken early when a lane fills.</summary>
internal sealed class EngineLoop(TimeSeriesEngine engine, WakeSignal wake) : IDisposable
{
    private readonly Lock _change = new();
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
            wake.Set();
            _thread.Join();
            _thread = null;
        }
    }

    public void Dispose()
    {
        lock (_change) _disposed = true;
        Stop();
        wake.Dispose();
    }

    private void Run()
    {
        var interval = engine.Options.RoundInterval.ToTimeSpan();
        while (!_stopping)
        {
            if (engine.RunRound() == 0) wake.Wait(interval);
        }
    }
}
