using Weir.Engine.Ingest;
using Weir.Engine.Series;
using Weir.Sending;

namespace Weir;

/// <summary>Sending with times, and what is said when values are lost.</summary>
public sealed partial class Dashboard
{
    /// <summary>Who gives a time loads history, where every point counts: the sender waits rather than overwrite.</summary>
    private static readonly LossPolicy Waiting = LossPolicy.Block(TimeSpan.FromSeconds(5));

    private LossNotice? _lossNotice;

    internal void AppendTimed(TimeSeries series, long time, double value)
    {
        // Without an engine that runs nothing would make room.
        if (_takesIn) Engine.Append(series, new ReadOnlySpan<long>(in time), new ReadOnlySpan<double>(in value), Waiting);
        else Engine.Append(series, time, value);
    }

    private volatile bool _takesIn;

    internal void StartEngine()
    {
        Engine.Start();
        _lossNotice ??= new LossNotice(Engine, _errors);
        _takesIn = true;
    }

    internal void StopEngine()
    {
        _takesIn = false;
        Engine.Stop();
        _lossNotice?.Look();
    }
}
