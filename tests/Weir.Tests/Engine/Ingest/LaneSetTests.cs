using System.Runtime.CompilerServices;
using Weir.Engine;
using Weir.Engine.Ingest;
using Weir.Engine.Series;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Ingest;

public sealed class LaneSetTests
{
    [Fact]
    public void Thread_that_sent_does_not_keep_a_disposed_engine_alive()
    {
        using var sender = new Sender();
        var engine = SendAndDispose(sender);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(engine.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference SendAndDispose(Sender sender)
        {
            using var engine = new TimeSeriesEngine(time: new ManualClock());
            var series = engine.Resolve(new SeriesKey("s"));
            sender.Do(() => engine.Append(series, 1));
            // So that the sender's own last work holds nothing.
            sender.Do(() => { });
            return new WeakReference(engine);
        }
    }

    [Fact]
    public void Lanes_of_ended_threads_go_when_they_are_empty()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var lanes = new LaneSet(engine.Time, new WakeSignal());
        Lane? lane = null;
        using (var sender = new Sender())
        {
            sender.Do(() =>
            {
                lane = lanes.OfThread;
                Assert.Same(lane, lanes.OfThread);
                lane.Write(0, 1, 1, default);
            });
            lanes.RemoveEnded();
            Assert.Equal(1, lanes.All.Length);
        }
        lanes.RemoveEnded();
        Assert.Equal(1, lanes.All.Length);
        var lost = 0L;
        lane!.Read(new Arrival[8], ref lost);
        lanes.RemoveEnded();
        Assert.Equal(0, lanes.All.Length);
    }

    [Fact]
    public void Dropped_points_of_ended_threads_stay_counted()
    {
        using var engine = new TimeSeriesEngine(time: new ManualClock());
        var lanes = new LaneSet(engine.Time, new WakeSignal());
        for (var thread = 0; thread < 3; thread++)
        {
            using var sender = new Sender();
            sender.Do(() =>
            {
                var lane = lanes.OfThread;
                while (lane.Write(0, 1, 1, LossPolicy.DropNewest))
                {
                }
                var lost = 0L;
                while (lane.Read(new Arrival[8192], ref lost).Length > 0)
                {
                }
            });
        }
        Assert.Equal(3, lanes.DroppedNewest);
        lanes.RemoveEnded();
        Assert.Equal((0, 3), (lanes.All.Length, lanes.DroppedNewest));
    }

    [Fact]
    public void One_thread_may_send_to_several_engines_in_turn()
    {
        using var a = new TimeSeriesEngine(time: new ManualClock());
        using var b = new TimeSeriesEngine(time: new ManualClock());
        var (toA, toB) = (a.Resolve(new SeriesKey("s")), b.Resolve(new SeriesKey("s")));
        for (var i = 0; i < 100; i++)
        {
            a.Append(toA, ManualClock.Noon + i, i);
            b.Append(toB, ManualClock.Noon + i, -i);
        }
        Assert.Equal((100, 100), (a.RunRound(), b.RunRound()));
        Assert.Equal((99, -99), (toA.Snapshot.LastValue, toB.Snapshot.LastValue));
    }
}
