using Weir.Connectors;
using Weir.Engine;

namespace Weir.Sending;

/// <summary>Says once, on standard error, that values were lost: a chart with a hole in it does not say so itself.</summary>
internal sealed class LossNotice : IDisposable
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);

    private readonly TimeSeriesEngine _engine;
    private readonly TextWriter _errors;
    private readonly Poller? _poller;
    private int _said;

    public LossNotice(TimeSeriesEngine engine, TextWriter errors)
    {
        (_engine, _errors) = (engine, errors);
        _poller = new Poller(engine.Time, LookInterval, Look);
    }

    public void Dispose() => _poller?.Dispose();

    public void Look()
    {
        var lost = _engine.Counters.Lost + _engine.DroppedNewest;
        if (lost == 0 || Interlocked.Exchange(ref _said, 1) != 0) return;
        // Null in the look that the poller takes at once.
        _poller?.Dispose();
        try
        {
            _errors.WriteLine(FormattableString.Invariant(
                $"Weir: {lost:N0} values were lost, because the program sent faster than they could be taken in. Send fewer, or set WeirOptions.Loss to LossPolicy.Block. This is said once; /metrics counts on."));
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // Stopping does not fail because standard error is closed.
        }
    }
}
