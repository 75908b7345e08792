using Weir.Engine;
using Weir.Engine.Downsampling;
using Weir.Engine.Series;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Series;

public sealed class SnapshotTests
{
    [Fact]
    public void TryReadAt_finds_the_newest_point_at_or_before() => Property.Holds(20, random =>
    {
        var points = Points.Random(random, random.Next(0, 5000));
        var series = new TimeSeries(0, new SeriesKey("s"), SeriesKind.Gauge);
        for (var i = 0; i < points.Count; i++) series.Take(points.Times[i], points.Values[i]);
        series.EndRound(0);
        for (var question = 0; question < 200; question++)
        {
            var near = points.Count == 0 ? 0 : points.Times[random.Next(points.Count)] + random.Next(-2, 3);
            var time = question switch { 0 => long.MaxValue, 1 => long.MinValue, _ => near };
            var at = Array.FindLastIndex(points.Times, t => t <= time);
            Assert.Equal(at >= 0, series.Snapshot.TryReadAt(time, out var pointTime, out var value));
            Assert.Equal(at >= 0 ? (points.Times[at], points.Values[at]) : (long.MinValue, double.NaN), (pointTime, value));
        }
    });

    [Fact]
    public void Read_stops_at_its_limit_and_goes_on_from_there() => Property.Holds(20, random =>
    {
        var points = Points.Random(random, random.Next(1, 6000));
        var series = new TimeSeries(0, new SeriesKey("s"), SeriesKind.Gauge);
        for (var i = 0; i < points.Count; i++) series.Take(points.Times[i], points.Values[i]);
        series.EndRound(0);
        var (times, values, from) = (new List<long>(), new List<double>(), long.MinValue);
        while (true)
        {
            var (before, limit) = (times.Count, random.Next(1, 1500));
            series.Snapshot.Read(from, long.MaxValue, times, values, limit);
            Assert.True(times.Count - before <= limit);
            if (times.Count == before) break;
            from = times[^1] + 1;
        }
        Points.AssertSame(points, new Points(times.ToArray(), values.ToArray()));
    });

    [Fact]
    public async Task Readers_see_whole_prefixes_while_the_writer_goes_on()
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { BytesMax = 1 << 20 }, new ManualClock());
        var series = engine.Resolve(new SeriesKey("s"));
        var done = 0;
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Factory.StartNew(
            () =>
            {
                var (checks, version, columns) = (0, 0L, new Columns());
                while (Volatile.Read(ref done) == 0 || checks == 0)
                {
                    var snapshot = series.Snapshot;
                    Assert.True(snapshot.Version >= version, "A version went back.");
                    version = snapshot.Version;
                    AssertPrefix(snapshot, columns);
                    checks++;
                }
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();

        var random = new Random(7);
        var next = 0;
        for (var round = 0; round < 1500; round++)
        {
            // Every fifth point waits and comes late; all have come when the round ends.
            var first = next;
            for (next = first + random.Next(1, 400); first < next; first++)
            {
                if (first % 5 > 0) engine.Append(series, TimeOf(first), ValueOf(TimeOf(first)));
            }
            for (var i = next - 400; i < next; i++)
            {
                if (i >= 0 && i % 5 == 0) engine.Append(series, TimeOf(i), ValueOf(TimeOf(i)));
            }
            engine.RunRound();
        }
        Volatile.Write(ref done, 1);
        await Task.WhenAll(readers);
        Assert.True(engine.Counters.Evicted > 0);
    }

    private static long TimeOf(int i) => ManualClock.Noon + i * 1000L;

    private static double ValueOf(long time) => Noise.Of(time);

    private static void AssertPrefix(SeriesSnapshot snapshot, Columns columns)
    {
        var points = Points.In(snapshot);
        Assert.Equal(snapshot.Count, points.Count);
        for (var i = 0; i < points.Count; i++)
        {
            if (points.Values[i] != ValueOf(points.Times[i])) Assert.Fail($"Point {i} has a value of another time.");
            // Rounds are whole: no point of a prefix is missing, so times go up by one step.
            if (i > 0 && points.Times[i] != points.Times[i - 1] + 1000) Assert.Fail($"Points {i - 1} and {i} are {points.Times[i] - points.Times[i - 1]} ns apart.");
        }
        if (points.Count == 0) return;
        columns.Clear();
        M4.Read(snapshot, long.MinValue, long.MaxValue, 700_000, columns);
        var plain = new Columns();
        M4.ReadPlainly(points.Times, points.Values, 700_000, plain);
        Assert.True(plain.Items.SequenceEqual(columns.Items), "Columns differ from a plain reading.");
    }
}
