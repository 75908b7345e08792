using Weir.Engine;
using Weir.Engine.Ingest;
using Weir.Engine.Series;
using Weir.Engine.Time;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Ingest;

public sealed class LaneTests
{
    private static readonly LossPolicy Patient = LossPolicy.Block(TimeSpan.FromDays(1));

    [Fact]
    public void Ring_grows_while_nobody_reads_and_keeps_order_and_points() => Property.Holds(20, random =>
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var lane = new Lane(engine.Time, new WakeSignal(), 0, Thread.CurrentThread);
        var (sent, read, lost) = (0, 0L, 0L);
        var into = new Arrival[8192];
        for (var step = 0; step < 200; step++)
        {
            if (random.Next(2) == 0)
            {
                for (var i = random.Next(600); i > 0; i--) lane.Write(1, sent++, 0, default);
            }
            else
            {
                var times = Enumerable.Range(sent, random.Next(1500)).Select(t => (long)t).ToArray();
                Assert.Equal(times.Length, lane.Write(1, times, new double[times.Length], default));
                sent += times.Length;
            }
            Assert.Equal(sent - read, lane.Waiting);
            if (random.Next(4) > 0 || lane.Waiting > 40_000) AssertReadOn();
        }
        while (lane.Waiting > 0) AssertReadOn();
        Assert.Equal((sent, 0), (read, lost));

        void AssertReadOn()
        {
            foreach (var arrival in lane.Read(into.AsSpan(0, random.Next(1, into.Length)), ref lost)) Assert.Equal(read++, arrival.Time);
        }
    });

    [Fact]
    public void Times_follow_a_clock_that_is_set_back_and_keep_their_order_when_it_is_corrected()
    {
        var clock = new ManualClock();
        var lane = new Lane(clock, new WakeSignal(), 0, Thread.CurrentThread);
        Assert.Equal(ManualClock.Noon, lane.NextTime());
        clock.Now = ManualClock.Noon - Points.Second;
        Assert.Equal(ManualClock.Noon + 100, lane.NextTime());
        clock.Now = ManualClock.Noon - 3 * 3600 * Points.Second;
        Assert.Equal(ManualClock.Noon - 3 * 3600 * Points.Second, lane.NextTime());
        Assert.Equal(ManualClock.Noon - 3 * 3600 * Points.Second + 100, lane.NextTime());
    }

    [Fact]
    public void Times_never_repeat_when_a_sender_is_faster_than_the_clock()
    {
        var lane = new Lane(new ManualClock(), new WakeSignal(), 0, Thread.CurrentThread);
        // More than a second of ticks while the clock stands still.
        var last = lane.NextTime();
        for (var i = 0; i < 10_100_000; i++)
        {
            var time = lane.NextTime();
            if (time <= last) Assert.Fail($"Time {i} repeats.");
            last = time;
        }
    }

    [Fact]
    public void DropOldest_keeps_the_newest_and_counts_exactly_what_was_lost()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var series = engine.Resolve(new SeriesKey("s"));
        for (var i = 0; i < 200_000; i++) engine.Append(series, ManualClock.Noon + i, i);
        while (engine.RunRound() > 0)
        {
        }
        var held = Points.In(series.Snapshot);
        Assert.Equal((200_000 - Lane.CapacityMax, Lane.CapacityMax), (engine.Counters.Lost, engine.Counters.Appended));
        Assert.Equal(Enumerable.Range(200_000 - Lane.CapacityMax, Lane.CapacityMax).Select(i => (double)i), held.Values);
    }

    [Fact]
    public void DropOldest_never_leaves_a_hole_before_what_it_keeps() => Property.Holds(30, random =>
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var lane = new Lane(engine.Time, new WakeSignal(), 0, Thread.CurrentThread);
        var (sent, next, lost) = (0L, 0L, 0L);
        var into = new Arrival[8192];
        for (var step = 0; step < 40; step++)
        {
            for (var i = random.Next(random.Next(5) == 0 ? 120_000 : 4000); i > 0; i--) lane.Write(1, sent++, 0, default);
            Read(step == 39 ? int.MaxValue : random.Next(12));
        }
        Assert.Equal(sent, next);

        // Between two writes whatever is lost is older than all that is read.
        void Read(int reads)
        {
            for (var read = 0; read < reads && lane.Waiting > 0; read++)
            {
                var lostBefore = lost;
                var arrivals = lane.Read(into.AsSpan(0, random.Next(1, into.Length)), ref lost);
                Assert.True(read == 0 || lost == lostBefore, $"Read {read} found {lost - lostBefore} points lost behind others.");
                next += lost - lostBefore;
                foreach (var arrival in arrivals) Assert.Equal(next++, arrival.Time);
            }
        }
    });

    [Fact]
    public void Policies_lose_nothing_up_to_their_limit_and_one_point_past_it()
    {
        foreach (var policy in new[] { LossPolicy.DropOldest, LossPolicy.DropNewest, LossPolicy.Block(TimeSpan.FromMilliseconds(1)) })
        {
            using var engine = new TimeSeriesEngine(time: new ManualClock { TimestampStep = TimeSpan.TicksPerMillisecond });
            var lane = new Lane(engine.Time, new WakeSignal(), 0, Thread.CurrentThread);
            var (into, lost) = (new Arrival[8192], 0L);
            // Until the lane has its largest ring, and nothing else.
            while (lane.Waiting < Lane.CapacityMax / 2) lane.Write(1, 0, 0, policy);
            while (lane.Read(into, ref lost).Length > 0)
            {
            }
            for (var i = 0; i < Lane.CapacityMax; i++) Assert.True(lane.Write(1, i, 0, policy));
            Assert.Equal(Lane.CapacityMax, lane.Waiting);
            var kept = lane.Write(1, Lane.CapacityMax, 0, policy);
            var first = lane.Read(into, ref lost)[0].Time;
            Assert.Equal(policy == LossPolicy.DropOldest ? (true, 1, 1L, 0L) : (false, 0, 0L, 1L), (kept, first, lost, lane.DroppedNewest));
        }
    }

    [Fact]
    public async Task Block_goes_on_as_soon_as_there_is_room()
    {
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(time: clock);
        var lane = new Lane(engine.Time, new WakeSignal(), 0, Thread.CurrentThread);
        using var sender = new Sender();
        // The deadline never comes, as the clock stands: only room lets the sender on.
        var sending = Task.Run(() => sender.Do(() =>
        {
            for (var i = 0; i < 4 * Lane.CapacityMax; i++) Assert.True(lane.Write(1, i, 0, Patient));
        }), TestContext.Current.CancellationToken);
        var (into, read, lost) = (new Arrival[8192], 0L, 0L);
        while (!sending.IsCompleted || lane.Waiting > 0)
        {
            foreach (var arrival in lane.Read(into, ref lost)) Assert.Equal(read++, arrival.Time);
        }
        await sending;
        Assert.Equal((4L * Lane.CapacityMax, 0, 0), (read, lost, lane.DroppedNewest));
    }

    [Fact]
    public void DropNewest_keeps_the_oldest_and_counts_what_it_refused() => Property.Holds(4, random =>
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { Loss = LossPolicy.DropNewest }, new ManualClock());
        var series = engine.Resolve(new SeriesKey("s"));
        var (sent, taken) = (0, 0);
        while (sent < 200_000)
        {
            var block = Enumerable.Range(sent, random.Next(1, 3000)).ToArray();
            var took = engine.Append(series, block.Select(i => ManualClock.Noon + i).ToArray(), block.Select(i => (double)i).ToArray());
            Assert.InRange(took, 0, block.Length);
            if (taken < sent) Assert.Equal(0, took);
            sent += block.Length;
            taken += took;
        }
        engine.Append(series, ManualClock.Noon + sent++, sent);
        Assert.Equal(sent, taken + engine.DroppedNewest);
        Assert.True(taken >= Lane.CapacityMax);
        while (engine.RunRound() > 0)
        {
        }
        Assert.Equal(0, engine.Counters.Lost);
        Assert.Equal(Enumerable.Range(0, taken).Select(i => (double)i), Points.In(series.Snapshot).Values);
    });

    [Fact]
    public void Block_gives_up_at_its_deadline_and_counts_what_it_refused()
    {
        var clock = new ManualClock { TimestampStep = TimeSpan.TicksPerMillisecond };
        using var engine = new TimeSeriesEngine(new EngineOptions { Loss = LossPolicy.Block(TimeSpan.FromMilliseconds(50)) }, clock);
        var series = engine.Resolve(new SeriesKey("s"));
        var times = Enumerable.Range(0, 100_000).Select(i => ManualClock.Noon + i).ToArray();
        var taken = engine.Append(series, times, new double[times.Length]);
        engine.Append(series, ManualClock.Noon + times.Length, 1);
        Assert.Equal(times.Length + 1, taken + engine.DroppedNewest);
        Assert.Equal(taken, engine.Waiting);
    }

    [Fact]
    public async Task Eight_threads_keep_their_order_and_lose_nothing_when_they_wait_for_room()
    {
        const int points = 60_000;
        // A lateness of one nanosecond: a point out of its thread's order would be refused.
        using var engine = new TimeSeriesEngine(new EngineOptions { Lateness = "1ns", Loss = Patient }, new ManualClock());
        engine.Start();
        var series = Enumerable.Range(0, 8).Select(i => engine.Resolve(new SeriesKey("s" + i))).ToArray();
        await Task.WhenAll(series.Select(s => OnThread(() =>
        {
            for (var i = 0; i < points; i++) engine.Append(s, ManualClock.Noon + i, i);
        })));
        engine.Stop();
        Assert.Equal(8 * points, engine.Counters.Appended);
        Assert.Equal(0, engine.Counters.Lost + engine.Counters.RefusedLate + engine.DroppedNewest);
        foreach (var s in series) Assert.Equal(points, s.Snapshot.Count);
    }

    [Fact]
    public async Task Every_point_is_accounted_for_when_threads_outrun_the_engine()
    {
        const int points = 300_000;
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        engine.Start();
        var series = engine.Resolve(new SeriesKey("s"));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(k => OnThread(() =>
        {
            for (var i = 0; i < points; i++) engine.Append(series, ManualClock.Noon + i * 4L + k, i);
        })));
        engine.Stop();
        Assert.Equal(0, engine.Waiting);
        Assert.Equal(4 * points, engine.Counters.Appended + engine.Counters.Lost + engine.Counters.RefusedLate);
        Assert.Equal(engine.Counters.Appended, series.Snapshot.Count + engine.Counters.Evicted);
    }

    [Fact]
    public async Task Stopping_and_starting_loses_nothing()
    {
        const int points = 200_000;
        using var engine = new TimeSeriesEngine(new EngineOptions { Loss = Patient, Lateness = "1ns" }, new ManualClock());
        var series = Enumerable.Range(0, 2).Select(i => engine.Resolve(new SeriesKey("s" + i))).ToArray();
        var senders = series.Select(s => OnThread(() =>
        {
            for (var i = 0; i < points; i++) engine.Append(s, ManualClock.Noon + i, i);
        })).ToArray();
        for (var cycle = 0; cycle < 40; cycle++)
        {
            engine.Start();
            engine.Start();
            engine.Stop();
        }
        engine.Start();
        await Task.WhenAll(senders);
        engine.Stop();
        Assert.Equal((2 * points, 0), (engine.Counters.Appended, engine.Waiting));
    }

    [Fact]
    public void Stop_comes_to_an_end_while_points_keep_coming()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var series = engine.Resolve(new SeriesKey("s"));
        var sent = 0;
        void SendOneMore()
        {
            if (sent < 100_000) engine.Append(series, ManualClock.Noon + sent++, 1);
        }
        engine.Published += SendOneMore;
        SendOneMore();
        engine.Stop();
        Assert.True(sent < 1000, $"Stop went on for {sent} rounds.");
    }

    [Fact]
    public void Stop_takes_in_all_that_waited()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var series = engine.Resolve(new SeriesKey("s"));
        for (var i = 0; i < Lane.CapacityMax + 10_000; i++) engine.Append(series, ManualClock.Noon + i, i);
        engine.Stop();
        Assert.Equal((0, Lane.CapacityMax + 10_000), (engine.Waiting, engine.Counters.Appended + engine.Counters.Lost));
    }

    [Fact]
    public void Sending_never_throws_after_the_engine_is_gone()
    {
        var engine = new TimeSeriesEngine(time: new ManualClock());
        var series = engine.Resolve(new SeriesKey("s"));
        engine.Start();
        engine.Dispose();
        for (var i = 0; i < 3 * Lane.CapacityMax; i++) engine.Append(series, ManualClock.Noon + i, i);
        engine.Append(series, [1.0, 2]);
        engine.Dispose();
        Assert.Throws<ObjectDisposedException>(engine.Start);
    }

    [Fact]
    public void Times_of_now_rise_in_a_lane_and_differ_between_lanes_while_the_clock_stands()
    {
        var clock = new ManualClock();
        using var engine = new TimeSeriesEngine(time: clock);
        var lanes = Enumerable.Range(0, 100).Select(slot => new Lane(engine.Time, new WakeSignal(), slot, Thread.CurrentThread)).ToArray();
        var times = new HashSet<long>();
        foreach (var lane in lanes)
        {
            var last = 0L;
            for (var i = 0; i < 50; i++)
            {
                if (i == 25) clock.Now -= UnixTime.NanosecondsPerSecond;
                var time = lane.NextTime();
                Assert.True(time > last && times.Add(time), $"{time} was given before.");
                last = time;
            }
            clock.Now = ManualClock.Noon;
        }
    }

    [Fact]
    public void Append_allocates_nothing()
    {
        using var engine = new TimeSeriesEngine();
        var series = engine.Resolve(new SeriesKey("s"));
        double[] values = [1, 2, 3];
        long[] times = [1, 2, 3];
        Send();
        engine.RunRound();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Send();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Send()
        {
            for (var i = 0; i < 60; i++)
            {
                engine.Append(series, i);
                engine.Append(series, i, i);
                engine.Append(series, values);
                engine.Append(series, times, values);
            }
        }
    }

    [Fact]
    public void Columns_of_different_length_are_an_error_that_names_both()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var error = Assert.Throws<ArgumentException>(() => engine.Append(engine.Resolve(new SeriesKey("s")), [1L, 2], [1.0]));
        Assert.StartsWith("2 times and 1 values were given", error.Message, StringComparison.Ordinal);
    }

    private static Task OnThread(Action work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
