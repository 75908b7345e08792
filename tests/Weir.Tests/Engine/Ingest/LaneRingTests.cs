using Weir.Engine.Ingest;

namespace Weir.Tests.Engine.Ingest;

public sealed class LaneRingTests
{
    [Fact]
    public void Reader_gets_what_was_written_in_order()
    {
        var (ring, lost) = (new LaneRing(8), 0L);
        var into = new Arrival[8];
        for (var i = 0; i < 100; i++)
        {
            ring.Write(i, i, i);
            ring.Write(i, [i, i], [i, i]);
            var read = ring.Read(into, ref lost);
            Assert.Equal([i, i, i], read.ToArray().Select(a => a.Series));
        }
        Assert.Equal((0, 0), (lost, ring.Waiting));
    }

    [Fact]
    public void Reader_a_whole_ring_behind_loses_exactly_the_oldest()
    {
        var (ring, lost) = (new LaneRing(16), 0L);
        for (var i = 0; i < 45; i++) ring.Write(1, i, i);
        var read = ring.Read(new Arrival[100], ref lost).ToArray();
        Assert.Equal(29, lost);
        Assert.Equal(Enumerable.Range(29, 16).Select(i => (long)i), read.Select(a => a.Time));
        Assert.Equal(0, ring.Waiting);
    }

    [Theory]
    [InlineData(16, 1, 5)]
    [InlineData(64, 1, 64)]
    [InlineData(64, 7, 13)]
    [InlineData(1024, 256, 300)]
    public async Task Reader_never_sees_a_torn_point_while_the_writer_overtakes(int capacity, int blockMax, int readMax)
    {
        const int points = 400_000;
        var ring = new LaneRing(capacity);
        var writer = Task.Factory.StartNew(
            () =>
            {
                var random = new Random(capacity + blockMax);
                var (times, values) = (new long[blockMax], new double[blockMax]);
                for (var at = 0; at < points;)
                {
                    var count = Math.Min(points - at, random.Next(1, blockMax + 1));
                    for (var i = 0; i < count; i++) (times[i], values[i]) = (at + i, (at + i) * 3.0);
                    if (count == 1) ring.Write(5, times[0], values[0]);
                    else ring.Write(5, times.AsSpan(0, count), values.AsSpan(0, count));
                    at += count;
                }
            },
            TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        var (into, next, read, lost) = (new Arrival[readMax], 0L, 0L, 0L);
        while (!writer.IsCompleted || ring.Waiting > 0)
        {
            var lostBefore = lost;
            var arrivals = ring.Read(into, ref lost);
            next += lost - lostBefore;
            foreach (var arrival in arrivals)
            {
                if (arrival.Time != next || arrival.Value != next * 3.0 || arrival.Series != 5) Assert.Fail($"({arrival.Time}, {arrival.Value}) is read where {next} should be.");
                next++;
            }
            read += arrivals.Length;
        }
        await writer;
        Assert.Equal(points, read + lost);
    }
}
