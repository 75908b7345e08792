namespace Weir.Server.Gateway;

/// <summary>
/// Sends to viewers on several threads: each viewer belongs to one of the loops, which alone makes its messages. Views stand still meanwhile, so all
/// loops read the same frames. The calling thread is one of them; when no other is free it does the work of all.
/// </summary>
internal sealed class SendingLoops
{
    private readonly ViewerSender[] _senders;
    private readonly List<Viewer>[] _due;
    private readonly ParallelOptions _options;
    private readonly Action<int> _flush;
    private int _next;

    /// <param name="count">1 or more.</param>
    /// <param name="sender">Makes the sender of one loop.</param>
    public SendingLoops(int count, Func<ViewerSender> sender)
    {
        _senders = [.. Enumerable.Range(0, count).Select(_ => sender())];
        _due = [.. _senders.Select(_ => new List<Viewer>())];
        _options = new ParallelOptions { MaxDegreeOfParallelism = count };
        _flush = Flush;
    }

    /// <summary>The loop of a new viewer: each in turn.</summary>
    public int Assign() => (int)((uint)Interlocked.Increment(ref _next) % (uint)_senders.Length);

    /// <summary>Sends to those who have something to hear; returns when all have been sent what their connections take.</summary>
    public void Flush(List<Viewer> viewers)
    {
        var busy = 0;
        foreach (var viewer in viewers)
        {
            if (viewer.DashboardVersion != viewer.Dashboard.Version) viewer.HasNews = true;
            if (!viewer.HasNews && !viewer.IsSending) continue;
            if (_due[viewer.Loop].Count == 0) busy++;
            _due[viewer.Loop].Add(viewer);
        }
        if (busy > 1) Parallel.For(0, _senders.Length, _options, _flush);
        else for (var loop = 0; loop < _senders.Length; loop++) Flush(loop);
    }

    public void SayGoodbye(List<Viewer> viewers) => _senders[0].SayGoodbye(viewers);

    private void Flush(int loop)
    {
        foreach (var viewer in _due[loop]) _senders[loop].TryFlush(viewer);
        _due[loop].Clear();
    }
}
