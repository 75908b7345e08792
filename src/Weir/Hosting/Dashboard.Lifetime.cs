using System.Runtime.CompilerServices;
using Weir.Hosting;

namespace Weir;

/// <summary>Starting, stopping and running.</summary>
public sealed partial class Dashboard
{
    private readonly ServerStarter _startServer;
    private readonly TextWriter _output;
    private readonly TextWriter _errors;
    private readonly SemaphoreSlim _change = new(1, 1);
    private volatile IDashboardServer? _server;
    private volatile Task _starting = Task.CompletedTask;
    private volatile TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _startsOnSend;
    private int _failedStarts;

    /// <summary>Where the dashboard is, or null while no server of its own runs.</summary>
    public Uri? Url => _server?.Url;

    /// <summary>Viewers that are connected now.</summary>
    public int ViewerCount => _server?.ViewerCount ?? 0;

    /// <summary>How often the server could not be started by a send; the reason was written to standard error.</summary>
    public int FailedStarts => Volatile.Read(ref _failedStarts);

    /// <summary>Whether the first send starts the server; after a stop, the next send is the first again.</summary>
    internal bool AutoStart { get; private set; }

    /// <summary>Raised when a server has started, before its address is announced.</summary>
    internal event Action<IDashboardServer>? Started;

    /// <summary>Starts the engine and the server. Does nothing while it runs.</summary>
    /// <exception cref="IOException">The port is taken; the message says what to do.</exception>
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        _startsOnSend = false;
        await _change.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (_server is not null) return;
            StartEngine();
            _stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var server = await _startServer(this, cancellation).ConfigureAwait(false);
            _server = server;
            Started?.Invoke(server);
            await _output.WriteLineAsync($"Weir is live at {server.Url.AbsoluteUri.TrimEnd('/')}").ConfigureAwait(false);
            await _output.FlushAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            _change.Release();
        }
    }

    /// <summary>Takes in what was sent, shows it to the viewers and stops. A later send starts a dashboard of <see cref="Live"/> again.</summary>
    public async Task StopAsync(CancellationToken cancellation = default)
    {
        // A start that a send has just begun may not have its turn yet, and would come after the stop.
        await _starting.WaitAsync(cancellation).ConfigureAwait(false);
        await _change.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            StopEngine();
            if (_server is { } server)
            {
                _server = null;
                await server.StopAsync(cancellation).ConfigureAwait(false);
            }
            _startsOnSend = AutoStart;
            _stopped.TrySetResult();
        }
        finally
        {
            _change.Release();
        }
    }

    /// <summary>Starts and waits until <see cref="StopAsync"/>, the token, SIGINT (Ctrl+C) or SIGTERM; then stops.</summary>
    /// <exception cref="IOException">The port is taken; the message says what to do.</exception>
    public async Task RunAsync(CancellationToken cancellation = default)
    {
        await StartAsync(cancellation).ConfigureAwait(false);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var signals = new EndSignals(() => ended.TrySetResult());
        using var cancelled = cancellation.UnsafeRegister(_ => ended.TrySetResult(), null);
        await Task.WhenAny(ended.Task, _stopped.Task).ConfigureAwait(false);
        await StopAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Waits until a start that a send began has ended, well or not.</summary>
    internal Task Starting => _starting;

    internal void StartOnSend()
    {
        AutoStart = true;
        _startsOnSend = true;
    }

    /// <summary>What every send does besides: one read of a flag, once the server runs or no send is to start it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void NoteSend()
    {
        if (_startsOnSend) StartInBackground();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void StartInBackground()
    {
        lock (_creation)
        {
            if (!_startsOnSend) return;
            _startsOnSend = false;
            // The flow of the sender (its layout scope, its culture) is none of the server's business.
            using (ExecutionContext.SuppressFlow())
            {
                _starting = Task.Run(StartQuietlyAsync);
            }
        }
    }

    private async Task StartQuietlyAsync()
    {
        try
        {
            await StartAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // A send does not fail because nobody can watch; what was sent is kept, and Start or Run tells the reason again.
            Interlocked.Increment(ref _failedStarts);
            await _errors.WriteLineAsync($"Weir could not start its server; values are kept, but nobody sees them: {e.Message}").ConfigureAwait(false);
        }
    }
}
