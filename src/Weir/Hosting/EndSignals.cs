using System.Runtime.InteropServices;

namespace Weir.Hosting;

/// <summary>Turns SIGINT (Ctrl+C) and SIGTERM into an orderly end; a second one ends the process at once.</summary>
internal sealed class EndSignals : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;
    private int _count;

    public EndSignals(Action onSignal)
    {
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle)];

        void Handle(PosixSignalContext context)
        {
            context.Cancel = Interlocked.Increment(ref _count) == 1;
            onSignal();
        }
    }

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
    }
}
