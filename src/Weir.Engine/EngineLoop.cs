using Weir.Engine.Ingest;

namespace Weir.Engine;

/// <summary>The thread that runs an engine's rounds: at its own pace, woken early when a lane fills.</summary>
/// <remarks>A round that throws is counted and the next one is tried: after one interval, then twice as long each time, to a second at most.</remarks>
internal sealed class EngineLoop(TimeSeriesEngine engine, WakeSignal wake) : IDisposable
{
    private static readonly TimeSpan BackOffMax = TimeSpan.FromSeconds(1);

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
        var pause = interval;
        while (!_stopping)
        {
            try
            {
                if (engine.RunRound() == 0) wake.Wait(interval);
                pause = interval;
            }
            catch (Exception e)
            {
                // An exception that leaves a thread ends the process, which is the application's.
                engine.NoteFailure(e);
                wake.Wait(pause);
                pause = pause * 2 < BackOffMax ? pause * 2 : BackOffMax;
            }
        }
    }
}
