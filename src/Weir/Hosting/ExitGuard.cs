using System.Runtime.InteropServices;

namespace Weir.Hosting;

/// <summary>Holds the end of the process up while its dashboard is watched.</summary>
internal sealed class ExitGuard
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(250);

    private readonly Dashboard _dashboard;
    private readonly TextWriter _output;
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration _terminate;
    private volatile bool _isHolding;

    public ExitGuard(Dashboard dashboard, TextWriter output)
    {
        (_dashboard, _output) = (dashboard, output);
        // SIGTERM ends the process by way of the very event that is held up here.
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, EndOnSignal);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Hold();
    }

    private void Hold()
    {
        if (_end.Task.IsCompleted || !Stays()) return;
        // Main may end before the server, started by its last send, is up.
        _dashboard.Starting.Wait();
        if (_dashboard.Url is not { } url) return;
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, EndOnSignal);
        _isHolding = true;
        Announce(url);
        Wait();
        _dashboard.StopAsync().Wait(TimeSpan.FromSeconds(5));
        _terminate.Dispose();
    }

    private void EndOnSignal(PosixSignalContext context)
    {
        // Held up, the process is ending anyway and does so in order; before that, the signal ends it as it always does.
        context.Cancel = _isHolding;
        _end.TrySetResult();
    }

    private bool Stays() => _dashboard.Options.StayWhileWatched
        ?? (StayPolicy.IsWatchable(AppDomain.CurrentDomain.GetAssemblies(), Environment.GetEnvironmentVariable)
            // A program that failed, or said with Exit that it did, is not held up.
            && Environment.ExitCode == 0);

    private void Announce(Uri url)
    {
        var grace = _dashboard.Options.FirstViewerGrace;
        var until = _dashboard.ViewerCount > 0 ? "while it is watched" : $"while it is watched, and {grace} for a first viewer";
        _output.WriteLine($"The program has ended; Weir stays at {url.AbsoluteUri.TrimEnd('/')} {until}. Ctrl+C ends it.");
        _output.Flush();
    }

    private void Wait()
    {
        var policy = new StayPolicy(_dashboard.Options.FirstViewerGrace.ToTimeSpan());
        var began = _dashboard.Time.GetTimestamp();
        while (_dashboard.Url is not null && policy.Stays(_dashboard.ViewerCount, _dashboard.Time.GetElapsedTime(began)))
        {
            if (_end.Task.Wait(LookInterval)) return;
        }
    }
}
