using System.Runtime.InteropServices;
using Weir.Hosting;

namespace Weir.Cli;

/// <summary>Shows a dashboard until someone ends it.</summary>
internal sealed class Serving : IDisposable
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] _signals;
    private int _signalCount;

    public Serving()
    {
        _signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle)];

        void Handle(PosixSignalContext context)
        {
            // The second time the process ends at once: someone is in a hurry.
            context.Cancel = Interlocked.Increment(ref _signalCount) == 1;
            End();
        }
    }

    /// <summary>Completes at Ctrl+C, SIGTERM or <see cref="End"/>.</summary>
    public Task Ended => _ended.Task;

    public void End() => _ended.TrySetResult();

    /// <summary>Starts the server, says where it is and opens the browser where there is someone to look at it.</summary>
    /// <exception cref="IOException">The port that was asked for is taken.</exception>
    public static async Task StartAsync(Dashboard dashboard, WeirOptions options, TextWriter messages, CommandIo io)
    {
        await dashboard.StartAsync().ConfigureAwait(false);
        var url = dashboard.Url!;
        if (options.Port is null && url.Port != 3000) await messages.WriteLineAsync($"Port 3000 is taken; this is on {url.Port}.").ConfigureAwait(false);
        await messages.WriteLineAsync($"Weir is live at {url.AbsoluteUri.TrimEnd('/')} (Ctrl+C ends it)").ConfigureAwait(false);
        await messages.FlushAsync().ConfigureAwait(false);
        if (options.OpenBrowser ?? BrowserLauncher.HasDesktop(Environment.GetEnvironmentVariable, io.IsErrorTerminal)) BrowserLauncher.Open(url);
    }

    public void Dispose()
    {
        foreach (var signal in _signals) signal.Dispose();
    }
}
