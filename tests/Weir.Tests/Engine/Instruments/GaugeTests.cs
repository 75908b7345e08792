using Weir.Engine;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Instruments;

public sealed class GaugeTests
{
    [Fact]
    public void Level_becomes_a_point_every_interval_from_the_first_set_on()
    {
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(time: clock);
        var gauge = engine.Gauge("g");
        Assert.True(double.IsNaN(gauge.Value));
        foreach (var level in new[] { double.NaN, 5, 7, double.NaN, 0 })
        {
            clock.Now += Points.Second;
            engine.RunRound();
            gauge.Set(level - 1);
            gauge.Set(level);
        }
        clock.Now += Points.Second;
        engine.RunRound();
        Assert.Equal([double.NaN, 5, 7, double.NaN, 0], Points.In(gauge.Series.Snapshot).Values);
    }

    [Fact]
    public void Last_set_wins_whichever_thread_made_it() => Property.Holds(20, random =>
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var gauge = engine.Gauge("g");
        using var a = new Sender();
        using var b = new Sender();
        for (var i = 0; i < 50; i++)
        {
            var level = random.NextDouble();
            (random.Next(2) == 0 ? a : b).Do(() => gauge.Set(level));
            Assert.Equal(level, gauge.Value);
        }
    });

    [Fact]
    public async Task Level_is_always_one_that_was_set()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var gauge = engine.Gauge("g");
        // A torn mixture of these two would be neither.
        var (low, high) = (BitConverter.UInt64BitsToDouble(0x3FF0_0000_0000_0000), BitConverter.UInt64BitsToDouble(0x400F_FFFF_FFFF_FFFF));
        gauge.Set(low);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(k => CounterTests.OnThread(() =>
        {
            for (var i = 0; i < 200_000; i++)
            {
                if (k < 2) gauge.Set(i % 2 == k ? low : high);
                // Read once: two reads may see one level each.
                else Assert.Contains(gauge.Value, new[] { low, high });
            }
        })));
    }

    [Fact]
    public async Task Changes_of_all_threads_add_up()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var gauge = engine.Gauge("g");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(k => CounterTests.OnThread(() =>
        {
            for (var i = 0; i < 50_000; i++) gauge.Add(k == 0 ? -1 : 2);
        })));
        Assert.Equal(250_000, gauge.Value);
    }

    [Fact]
    public void Changes_begin_at_zero_and_are_refused_when_not_finite()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var gauge = engine.Gauge("g");
        foreach (var refused in (double[])[double.NaN, double.PositiveInfinity, double.NegativeInfinity]) gauge.Add(refused);
        Assert.True(double.IsNaN(gauge.Value));
        gauge.Add(-2.5);
        Assert.Equal(-2.5, gauge.Value);
        gauge.Set(10);
        gauge.Add(1);
        Assert.Equal(11, gauge.Value);
        gauge.Set(double.NaN);
        gauge.Add(3);
        engine.Stop();
        Assert.Equal((3, 3, 3), (gauge.Value, gauge.Series.Snapshot.LastValue, engine.Counters.RefusedIncrements));
    }

    [Fact]
    public void Set_allocates_nothing()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var gauge = engine.Gauge("g");
        gauge.Set(1, ("a", "1"));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            gauge.Set(i);
            gauge.Add(i);
            gauge.Set(i, ("a", "1"));
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
