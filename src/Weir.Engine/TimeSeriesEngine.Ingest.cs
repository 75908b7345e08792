using Weir.Engine.Ingest;
using Weir.Engine.Series;
using Weir.Engine.Time;

namespace Weir.Engine;

/// <summary>Batches from protocols and files.</summary>
public sealed partial class TimeSeriesEngine : IPointSink
{
    /// <summary>How long a batch waits for room in the lane of its thread before the rest is refused.</summary>
    internal static readonly TimeSpan IngestPatience = TimeSpan.FromMilliseconds(200);

    [ThreadStatic]
    private static PointRun? _run;

    [ThreadStatic]
    private static PointRun? _history;

    /// <summary>
    /// Takes a batch. A point ahead of the clock by more than <see cref="EngineOptions.Ahead"/> is rejected, with the reason. A point older than
    /// half the lateness by the clock is imported as history, so that it is kept whatever came before it. A point that finds no room in time is refused, and so are all after it.
    /// </summary>
    public void Take(IngestBatch batch, IngestResult result)
    {
        for (var from = 0; from < batch.Count;)
        {
            var to = batch.EndOfRun(from);
            TakeRun(batch, from, to, result);
            from = to;
        }
    }

    private void TakeRun(IngestBatch batch, int from, int to, IngestResult result)
    {
        if (result.NoRoom > 0)
        {
            result.Refuse(to - from);
            return;
        }
        TimeSeries series;
        try
        {
            series = Resolve(batch.Keys[from]);
        }
        catch (InvalidOperationException e)
        {
            for (var i = from; i < to; i++) result.Reject(batch.Positions[i], e.Message);
            return;
        }
        var (run, history) = (_run ??= new PointRun(), _history ??= new PointRun());
        run.Clear();
        history.Clear();
        var now = UnixTime.Now(Time);
        var half = Options.Lateness.Nanoseconds / 2;
        var recent = now < long.MinValue + half ? long.MinValue : now - half;
        for (var i = from; i < to; i++)
        {
            var time = batch.Times[i];
            if (time == IngestBatch.TimeOfArrival) run.Add(NextTime(), batch.Values[i]);
            else if (time - Options.Ahead.Nanoseconds > now) result.Reject(batch.Positions[i], AheadMessage(time));
            else if (time < recent) history.Add(time, batch.Values[i]);
            else run.Add(time, batch.Values[i]);
        }
        if (history.Count > 0) result.Accept((int)Import(series, history.Times, history.Values).Imported);
        var taken = Append(series, run.Times, run.Values, LossPolicy.Block(IngestPatience));
        result.Accept(taken);
        result.Refuse(run.Count - taken);
    }

    private string AheadMessage(long time) =>
        $"the time {UnixTime.ToDateTime(time):yyyy-MM-dd'T'HH:mm:ss.fff'Z'} is more than {Options.Ahead} ahead of the clock; send points when they happen, or correct the sender's clock";

    /// <summary>Points of one series on their way into a lane; as many as a batch holds.</summary>
    private sealed class PointRun
    {
        private readonly long[] _times = new long[IngestBatch.PointsMax];
        private readonly double[] _values = new double[IngestBatch.PointsMax];

        public int Count { get; private set; }

        public ReadOnlySpan<long> Times => _times.AsSpan(0, Count);

        public ReadOnlySpan<double> Values => _values.AsSpan(0, Count);

        public void Add(long time, double value)
        {
            (_times[Count], _values[Count]) = (time, value);
            Count++;
        }

        public void Clear() => Count = 0;
    }
}
