using Weir.Engine;
using Weir.Engine.Chunks;
using Weir.Engine.Series;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Series;

public sealed class EvictionTests
{
    private const int Megabyte = 1 << 20;

    [Fact]
    public void Bytes_stay_in_the_budget_and_every_series_keeps_its_newest_points() => Property.Holds(5, random =>
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { BytesMax = 2 * Megabyte, PointsKeptMin = 1500 }, new ManualClock());
        var series = Enumerable.Range(0, 12).Select(i => engine.Resolve(new SeriesKey("s" + i))).ToArray();
        var sent = new long[series.Length];
        for (var round = 0; round < 80; round++)
        {
            for (var i = 0; i < series.Length; i++)
            {
                if (random.Next(series.Length) < i) continue;
                for (var n = random.Next(1200); n > 0; n--)
                {
                    engine.Append(series[i], ManualClock.Noon + sent[i], Noise.Of(sent[i]));
                    sent[i]++;
                }
            }
            engine.RunRound();
            Assert.InRange(engine.Counters.Bytes, 0, 2 * Megabyte);
            Assert.Equal(series.Where(s => s.Snapshot.Version > 0).Sum(s => s.Bytes), engine.Counters.PointBytes);
            Assert.Equal(sent.Sum(), series.Sum(s => s.PointCount) + engine.Counters.Evicted);
            for (var i = 0; i < series.Length; i++)
            {
                var held = Points.In(series[i].Snapshot);
                Assert.Equal(series[i].PointCount, held.Count);
                Assert.True(held.Count >= Math.Min(sent[i], 1500), $"Series {i} holds {held.Count} of {sent[i]}.");
                for (var k = 0; k < held.Count; k++)
                {
                    var number = sent[i] - held.Count + k;
                    if (held.Times[k] != ManualClock.Noon + number || held.Values[k] != Noise.Of(number)) Assert.Fail($"Series {i} has no right point at {k} of {held.Count}.");
                }
            }
        }
        Assert.True(engine.Counters.Evicted > 0);
    });

    [Fact]
    public void Heads_of_very_many_series_are_encoded_early_to_stay_in_the_budget()
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { BytesMax = 16 * Megabyte, Rollups = null }, new ManualClock());
        var series = Enumerable.Range(0, 5000).Select(i => engine.Resolve(new SeriesKey("s" + i))).ToArray();
        // 5,000 heads of 500 points would take 40 MB.
        const int points = 500;
        for (var n = 0; n < points; n++)
        {
            foreach (var one in series) engine.Append(one, ManualClock.Noon + n * 1_000_000L, one.Id + n % 10);
            engine.RunRound();
        }
        // A round encodes 256 of them; those shorter than 128 points stay as they are.
        for (var round = 0; round < 20; round++)
        {
            engine.Append(series[0], ManualClock.Noon + (points + round) * 1_000_000L, 1);
            engine.RunRound();
        }
        Assert.InRange(engine.Counters.Bytes, 0, 16 * Megabyte);
        Assert.Equal(0, engine.Counters.Evicted);
        Assert.Equal(engine.Counters.PointBytes, series.Sum(one => one.Bytes));
        Assert.All(series.Skip(1), one => Assert.Equal(Enumerable.Range(0, points).Select(n => (double)(one.Id + n % 10)), Points.In(one.Snapshot).Values));
    }

    [Fact]
    public void Snapshot_lets_evicted_chunks_go_even_when_the_series_is_silent()
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { BytesMax = Megabyte }, new ManualClock());
        var (silent, busy) = (engine.Resolve(new SeriesKey("silent")), engine.Resolve(new SeriesKey("busy")));
        Fill(engine, silent, 0, 20 * Chunk.Points);
        Fill(engine, busy, 0, 200 * Chunk.Points);
        Assert.Equal(silent.PointCount, silent.Snapshot.Count);
        Assert.Equal(Chunk.Points, silent.Snapshot.Count);
        Assert.Equal(busy.PointCount, busy.Snapshot.Count);
    }

    [Fact]
    public void Chunk_with_the_oldest_points_goes_first()
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { BytesMax = Megabyte }, new ManualClock());
        var (a, b) = (engine.Resolve(new SeriesKey("a")), engine.Resolve(new SeriesKey("b")));
        Fill(engine, a, 0, 10 * Chunk.Points);
        var sealedOfB = 0;
        while (engine.Counters.Evicted < 5 * Chunk.Points) Fill(engine, b, (10 + sealedOfB++) * Chunk.Points, Chunk.Points);
        Assert.InRange(sealedOfB, 50, 200);
        Assert.Equal(10 * Chunk.Points - engine.Counters.Evicted, a.Snapshot.Count);
        Assert.Equal(sealedOfB * Chunk.Points, b.Snapshot.Count);
    }

    [Fact]
    public void Chunk_with_the_oldest_points_goes_first_when_another_series_has_a_limit_of_its_own()
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { BytesMax = Megabyte }, new ManualClock());
        var (limited, old) = (engine.Resolve(new SeriesKey("limited")), engine.Resolve(new SeriesKey("old")));
        limited.MaxPoints = 5000;
        Fill(engine, limited, 0, 100 * Chunk.Points);
        var held = limited.Snapshot.Count;
        Fill(engine, old, 0, 5 * Chunk.Points);
        Fill(engine, limited, 500 * Chunk.Points, 20 * Chunk.Points);
        var (evicted, sealedOfOld) = (engine.Counters.Evicted, 5);
        while (engine.Counters.Evicted < evicted + 3 * Chunk.Points) Fill(engine, old, sealedOfOld++ * Chunk.Points, Chunk.Points);
        // Over the budget by a few chunks: the oldest are those of `old`.
        Assert.Equal(sealedOfOld * Chunk.Points - (engine.Counters.Evicted - evicted), old.Snapshot.Count);
        Assert.Equal(held, limited.Snapshot.Count);
        Assert.True(engine.Counters.Bytes <= Megabyte);
    }

    [Fact]
    public void Series_with_a_limit_leaves_nothing_behind_in_the_engine()
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { BytesMax = Megabyte }, new ManualClock());
        var series = engine.Resolve(new SeriesKey("s"));
        series.MaxPoints = 2000;
        for (var i = 0; i < 100; i++) Fill(engine, series, i * 10 * Chunk.Points, 10 * Chunk.Points);
        Assert.InRange(engine.EvictionTurns, 0, 40);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(5000)]
    [InlineData(20_000)]
    public void MaxPoints_keeps_at_least_so_many_and_at_most_a_chunk_more(int max)
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var series = engine.Resolve(new SeriesKey("s"));
        series.MaxPoints = max;
        for (var sent = 0; sent < 60_000; sent += 700)
        {
            Fill(engine, series, sent, 700);
            Assert.InRange(series.Snapshot.Count, Math.Min(sent + 700, max), max + Chunk.Points);
        }
        Assert.Equal(series.Bytes, engine.Counters.PointBytes);
    }

    [Fact]
    public void MaxPoints_may_be_given_and_taken_away_at_any_time()
    {
        var series = new TimeSeries(0, new SeriesKey("s"), SeriesKind.Gauge);
        Assert.Null(series.MaxPoints);
        series.MaxPoints = 5000;
        Assert.Equal(5000, series.MaxPoints);
        series.MaxPoints = null;
        Assert.Null(series.MaxPoints);
    }

    /// <summary>Points one nanosecond apart, numbered from <paramref name="first"/>, a chunk a round.</summary>
    private static void Fill(TimeSeriesEngine engine, TimeSeries series, int first, int count)
    {
        for (var i = first; i < first + count; i++)
        {
            engine.Append(series, ManualClock.Noon + i, Noise.Of(i));
            if ((i + 1) % Chunk.Points == 0) engine.RunRound();
        }
        engine.RunRound();
    }
}
