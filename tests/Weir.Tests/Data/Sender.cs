using System.Collections.Concurrent;

namespace Weir.Tests.Data;

/// <summary>A thread of its own that does what it is told, one thing at a time: a lane that a test can steer.</summary>
internal sealed class Sender : IDisposable
{
    private readonly BlockingCollection<Action> _orders = [];
    private readonly Thread _thread;

    public Sender()
    {
        _thread = new Thread(() =>
        {
            foreach (var order in _orders.GetConsumingEnumerable()) order();
        })
        { IsBackground = true };
        _thread.Start();
    }

    public void Do(Action work)
    {
        var done = new TaskCompletionSource();
        _orders.Add(() =>
        {
            try
            {
                work();
                done.SetResult();
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        done.Task.GetAwaiter().GetResult();
    }

    /// <summary>Ends the thread and waits for its end.</summary>
    public void Dispose()
    {
        _orders.CompleteAdding();
        _thread.Join();
        _orders.Dispose();
    }
}
