namespace Weir.Engine.Ingest;

/// <summary>Ends the wait of an engine's loop early. Knows no engine, since senders keep it and may outlive theirs.</summary>
internal sealed class WakeSignal : IDisposable
{
    private readonly AutoResetEvent _signal = new(false);

    public void Set()
    {
        try
        {
            _signal.Set();
        }
        catch (ObjectDisposedException)
        {
            // The engine is gone, and sending never throws into the application.
        }
    }

    public void Wait(TimeSpan atMost) => _signal.WaitOne(atMost);

    public void Dispose() => _signal.Dispose();
}
