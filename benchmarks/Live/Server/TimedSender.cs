using Weir.Engine.Time;

namespace Weir.Bench.Live.Server;

/// <summary>Sends points at a rate, one by one, to three series in turn; the points follow from the rate and the begin alone.</summary>
internal sealed class TimedSender(Dashboard dashboard)
{
    public static readonly string[] Widgets = ["ramp", "random", "bursty"];

    private MetricHandle[] _metrics = [];

    /// <summary>The value of a point: of the first series its number, which tells a viewer how far it is behind.</summary>
    public static double Value(long index) => (index % 3) switch
    {
        0 => index,
        1 => Signals.Random(index),
        _ => index / 3000 % 7 == 0 ? 1e6 * Signals.Random(index) : 1,
    };

    /// <summary>Ticks of 100 ns since the begin.</summary>
    public static long TicksAt(long index, int rate) => index * TimeSpan.TicksPerSecond / rate;

    /// <summary>Makes the widgets, for viewers that come before the first point.</summary>
    public string Prepare()
    {
        _metrics = [.. Widgets.Select(id => dashboard.Metric(id))];
        return "prepared";
    }

    public string Run(int rate, int seconds)
    {
        var (before, engine) = (Counts(), dashboard.Engine);
        // At the begin of a column of 100 ms, so that runs share none.
        var begin = (DateTime.UtcNow.Ticks / 1_000_000 + 3) * 1_000_000;
        BenchServer.Write($"{(begin - DateTime.UnixEpoch.Ticks) * UnixTime.NanosecondsPerTick}");
        var (index, count) = (0L, (long)rate * seconds);
        while (index < count)
        {
            var due = Math.Min(count, (DateTime.UtcNow.Ticks - begin) * rate / TimeSpan.TicksPerSecond);
            for (; index < due; index++) _metrics[index % 3].Send(Value(index), new DateTimeOffset(begin + TicksAt(index, rate), TimeSpan.Zero));
            Thread.Sleep(1);
        }
        var took = (DateTime.UtcNow.Ticks - begin) / (double)TimeSpan.TicksPerMillisecond;
        for (var i = 0; i < 5000 && engine.Waiting > 0; i++) Thread.Sleep(1);
        Thread.Sleep(50);
        var after = Counts();
        return $"{after.Appended - before.Appended} {after.Missing - before.Missing} {took:0}";
    }

    private (long Appended, long Missing) Counts()
    {
        var counters = dashboard.Engine.Counters;
        return (counters.Appended, counters.Lost + counters.RefusedLate + counters.RefusedAhead + dashboard.Engine.DroppedNewest);
    }
}
