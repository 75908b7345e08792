using System.Diagnostics;
using Weir.Bench.Engine.Peers;
using Weir.Engine;
using Weir.Engine.Chunks;
using Weir.Engine.Chunks.Codecs;
using Weir.Engine.Series;
using Weir.Engine.Time;

namespace Weir.Bench.Engine;

/// <summary>What sealed chunks take and how fast they are written and read, against Gorilla on the same chunks in turn.</summary>
internal static class ChunkCodecs
{
    private const long Millisecond = UnixTime.NanosecondsPerSecond / 1000;

    public static Task RunAsync(Run run)
    {
        foreach (var points in PointSets.All(run.IsQuick ? 256 : 1024)) Compare(run, points);
        WholeEngine(run);
        return Task.CompletedTask;
    }

    private static void Compare(Run run, PointSet points)
    {
        var (ours, theirs) = (new List<byte[]>(), new List<Gorilla>());
        var (times, values, scratch) = (new long[Chunk.Points], new double[Chunk.Points], new long[2 * Chunk.Points]);
        var encoder = new ChunkEncoder(VectorWidths.Widest);
        // All points here are of whole milliseconds. We are given nanoseconds and find that out; the peer is told.
        var coarse = points.Chunks.ConvertAll(chunk => (Times: Array.ConvertAll(chunk.Times, time => time / Millisecond), chunk.Values));
        foreach (var (chunk, peerChunk) in points.Chunks.Zip(coarse))
        {
            ours.Add(encoder.Encode(chunk.Times, chunk.Values));
            theirs.Add(new Gorilla());
            theirs[^1].Encode(peerChunk.Times, peerChunk.Values);
            DecodeOurs(ours[^1], times, values, scratch);
            Expect(chunk.Times, chunk.Values, times, values);
            theirs[^1].Decode(times, values);
            Expect(peerChunk.Times, peerChunk.Values, times, values);
        }
        var count = points.Chunks.Count * (double)Chunk.Points;
        run.Add(new Measurement($"chunk size, {points.Name}", "bytes a point", ours.Sum(chunk => (long)chunk.Length) / count)
            .Against("Gorilla", theirs.Sum(chunk => (long)chunk.Bytes) / count).RatioAtMost(0.55));

        var decode = InTurn(
            run,
            () => ours.ForEach(chunk => DecodeOurs(chunk, times, values, scratch)),
            () => theirs.ForEach(chunk => chunk.Decode(times, values)));
        run.Add(Speed($"chunk decode, {points.Name}", count, decode) with { Note = "Times and values into arrays, one thread, chunks in turn." });
        var writer = new Gorilla();
        var encode = InTurn(
            run,
            () => points.Chunks.ForEach(chunk => encoder.Encode(chunk.Times, chunk.Values)),
            () => coarse.ForEach(chunk => writer.Encode(chunk.Times, chunk.Values)));
        run.Add(new Measurement($"chunk encode, {points.Name}", "million points/s", count / encode.Ours * 1e3)
        {
            Note = "Sampling, choosing and all; no goal of its own, since a point is encoded once and decoded often.",
        }.Against("Gorilla", count / encode.Peer * 1e3));
    }

    /// <summary>A decode goal is a ratio of speeds.</summary>
    private static Measurement Speed(string name, double count, (double Ours, double Peer) nanoseconds) =>
        new Measurement(name, "million points/s", count / nanoseconds.Ours * 1e3).Against("Gorilla", count / nanoseconds.Peer * 1e3).RatioAtLeast(20);

    private static void DecodeOurs(byte[] chunk, long[] times, double[] values, long[] scratch)
    {
        ChunkDecoder.Times(chunk, times, VectorWidths.Widest);
        ChunkDecoder.Values(chunk, values, scratch, VectorWidths.Widest);
    }

    private static void Expect(long[] times, double[] values, long[] decodedTimes, double[] decodedValues)
    {
        var same = times.AsSpan().SequenceEqual(decodedTimes);
        for (var i = 0; i < values.Length; i++) same &= BitConverter.DoubleToInt64Bits(values[i]) == BitConverter.DoubleToInt64Bits(decodedValues[i]);
        if (!same) throw new InvalidOperationException("A chunk did not come back as it went in.");
    }

    /// <summary>Median nanoseconds of both, A B A B, after both are warm.</summary>
    private static (double Ours, double Peer) InTurn(Run run, Action ours, Action peer)
    {
        // Long enough for the runtime to compile both in full on a busy machine.
        for (var warm = 0; warm < 5; warm++)
        {
            Nanoseconds(ours, 200);
            Nanoseconds(peer, 200);
        }
        var (mine, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round < 4 * run.Rounds; round++)
        {
            mine.Add(Nanoseconds(ours, 20));
            theirs.Add(Nanoseconds(peer, 20));
        }
        return (Statistics.Median(mine), Statistics.Median(theirs));
    }

    private static double Nanoseconds(Action work, int millisecondsMin)
    {
        var (start, times) = (Stopwatch.GetTimestamp(), 0);
        do
        {
            work();
            times++;
        }
        while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < millisecondsMin);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / times;
    }

    /// <summary>A million points of gauges with two decimals in 50 series, by the engine's own account of chunks, heads and all.</summary>
    private static void WholeEngine(Run run)
    {
        const int series = 50, points = 20_000;
        using var engine = new TimeSeriesEngine(new EngineOptions { Lateness = "1m" });
        var (random, now) = (new Random(1), UnixTime.Now(TimeProvider.System));
        for (var s = 0; s < series; s++)
        {
            var (gauge, level) = (engine.Resolve(new SeriesKey("gauge" + s)), 50.0);
            for (var i = 0; i < points; i++)
            {
                level = Math.Clamp(level + (random.NextDouble() - 0.5), 0, 100);
                engine.Append(gauge, now - (points - i) * UnixTime.NanosecondsPerSecond, Math.Round(level, 2));
            }
            while (engine.Waiting > 0) engine.RunRound();
        }
        if (engine.Counters.Appended != series * points) throw new InvalidOperationException($"The engine took {engine.Counters.Appended} points.");
        run.Add(new Measurement("engine memory, 1,000,000 points in 50 series", "bytes a point", engine.Counters.PointBytes / (double)(series * points))
        {
            Note = "Chunks with their objects, heads with their ladders.",
        }.AtMost(4));
    }
}
