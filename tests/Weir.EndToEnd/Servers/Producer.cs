using Weir.EndToEnd.Browser;

namespace Weir.EndToEnd.Servers;

/// <summary>Sends at a steady pace until it is disposed of.</summary>
internal sealed class Producer : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<DateTime> _times = [];
    private readonly Task _loop;
    private bool _isDisposed;

    /// <param name="send">Called with 0, 1, 2, …</param>
    /// <param name="interval">50 ms when null.</param>
    public Producer(Action<int> send, TimeSpan? interval = null) => _loop = Task.Run(() => RunAsync(send, interval ?? TimeSpan.FromMilliseconds(50)));

    /// <summary>How often it has sent.</summary>
    public int Count
    {
        get
        {
            lock (_times) return _times.Count;
        }
    }

    /// <summary>Waits until it has sent so many times more.</summary>
    public Task SendsAsync(int more)
    {
        var target = Count + more;
        return Limit.Until(() => Count >= target || _loop.IsFaulted, $"{more} more sends");
    }

    /// <summary>How many of the sends after the first so many lie at least so far apart: each has a column of its own in a chart of narrower columns.</summary>
    public int CountApart(int after, TimeSpan apart)
    {
        lock (_times)
        {
            var (count, last) = (0, DateTime.MinValue);
            foreach (var time in _times.Skip(after))
            {
                if (time - last < apart) continue;
                count++;
                last = time;
            }
            return count;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        await _stop.CancelAsync();
        await _loop;
        _stop.Dispose();
    }

    private async Task RunAsync(Action<int> send, TimeSpan interval)
    {
        using var timer = new PeriodicTimer(interval);
        try
        {
            for (var i = 0; ; i++)
            {
                send(i);
                lock (_times) _times.Add(DateTime.UtcNow);
                await timer.WaitForNextTickAsync(_stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }
}
