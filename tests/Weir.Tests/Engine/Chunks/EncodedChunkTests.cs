using System.Buffers.Binary;
using Weir.Engine.Chunks;
using Weir.Engine.Chunks.Codecs;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Chunks;

/// <summary>What a chunk gives back is what it was given, bit for bit.</summary>
public sealed class EncodedChunkTests
{
    public static TheoryData<string> Values => [.. ChunkSamples.Values.Keys];

    public static TheoryData<string> Times => [.. ChunkSamples.Times.Keys];

    [Theory]
    [MemberData(nameof(Values))]
    public void Values_come_back_bit_for_bit(string kind) => Property.Holds(10, random =>
    {
        foreach (var count in ChunkSamples.Counts.Append(random.Next(1, 2049)))
        {
            AssertComesBack(ChunkSamples.Times["regular"](random, count), ChunkSamples.Values[kind](random, count));
        }
    });

    [Theory]
    [MemberData(nameof(Times))]
    public void Times_come_back(string kind) => Property.Holds(10, random =>
    {
        foreach (var count in ChunkSamples.Counts.Append(random.Next(1, 2049)))
        {
            AssertComesBack(ChunkSamples.Times[kind](random, count), ChunkSamples.Values["bursts"](random, count));
        }
    });

    [Fact]
    public void Points_of_any_kind_come_back() => Property.Holds(200, random =>
    {
        var points = Points.Random(random, random.Next(1, 2049));
        AssertComesBack(points.Times, points.Values);
    });

    [Fact]
    public void Ends_places_and_parts_are_those_of_the_points() => Property.Holds(60, random =>
    {
        var kind = ChunkSamples.Times.Values.ElementAt(random.Next(ChunkSamples.Times.Count));
        var count = random.Next(1, 2049);
        var (times, values) = (kind(random, count), ChunkSamples.Values.Values.ElementAt(random.Next(ChunkSamples.Values.Count))(random, count));
        var (chunk, space) = (new EncodedChunk(times, values), new ChunkSpace());
        Assert.Equal((count, times[0], times[^1]), (chunk.Count, chunk.FirstTime, chunk.LastTime));
        for (var question = 0; question < 60; question++)
        {
            var at = random.Next(count);
            Assert.Equal(times[at], chunk.TimeAt(at, space));
            foreach (var time in new[] { times[at], times[at] - 1, random.NextInt64(long.MinValue, long.MaxValue), long.MinValue, long.MaxValue })
            {
                var plain = Array.FindIndex(times, t => t >= time);
                Assert.Equal(plain < 0 ? count : plain, chunk.PositionOf(time, space));
            }
            var from = random.Next(count + 1);
            var to = random.Next(2) == 0 ? random.Next(from, count + 1) : Math.Min(count, from + random.Next(3));
            Points.AssertSame(new Points(times[from..to], values[from..to]), new Points(times[from..to], chunk.Values(from, to, space).ToArray()), $"{from} to {to} of {count}:");
        }
    });

    [Fact]
    public void Space_that_is_shared_by_chunks_never_mixes_them() => Property.Holds(20, random =>
    {
        var space = new ChunkSpace();
        var all = Enumerable.Range(0, 4).Select(_ => Points.Random(random, random.Next(1, 2049))).ToArray();
        var chunks = all.Select(points => new EncodedChunk(points.Times, points.Values)).ToArray();
        for (var question = 0; question < 40; question++)
        {
            var i = random.Next(all.Length);
            if (random.Next(2) == 0) Assert.Equal(all[i].Times, chunks[i].Times(space));
            else Points.AssertSame(all[i], new Points(all[i].Times, chunks[i].Values(space).ToArray()));
        }
    });

    [Theory]
    // Headers, and for regular times no bit more: all that remains is 16 of the chunk, 11 of the times and 5 of the values.
    [InlineData("regular", "constant", 48)]
    [InlineData("regular", "linear", 48)]
    // A hundred values or so of a bell or an even spread need 7 or 8 bits, as 200 do: 1,024 bytes, and 64 beside them.
    [InlineData("regular", "counter", 1088)]
    // Two bits where there is no burst; 13 where there is, which is in most blocks; plainly it would be 1,664.
    [InlineData("regular", "bursts", 1250)]
    // 4 bits for the 11 jitters there are.
    [InlineData("jitter of milliseconds", "constant", 600)]
    // 19 bits for 500,000 microseconds, which are 2,432 bytes, and a bit more in a block or two: the schedule itself costs nothing.
    [InlineData("jitter of microseconds around a schedule", "constant", 2600)]
    public void Encoding_takes_as_little_as_the_numbers_allow(string times, string values, int bytesMax) => Property.Holds(10, random =>
    {
        var bytes = ChunkEncoder.OfThread.Encode(ChunkSamples.Times[times](random, 1024), ChunkSamples.Values[values](random, 1024));
        Assert.InRange(bytes.Length, ChunkFormat.HeaderBytes, bytesMax);
    });

    /// <summary>Choosing from a sample must not make a chunk that nobody may read.</summary>
    [Theory]
    [MemberData(nameof(Values))]
    public void Values_of_any_kind_take_no_more_than_the_limit_of_a_column(string kind) => Property.Holds(20, random =>
    {
        var count = random.Next(2) == 0 ? Chunk.PointsMax : random.Next(1, Chunk.PointsMax);
        var bytes = ChunkEncoder.OfThread.Encode(ChunkSamples.Times["regular"](random, count), ChunkSamples.Values[kind](random, count));
        var valuesAt = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(ChunkFormat.ValuesAt));
        Assert.InRange(bytes.Length - valuesAt, 1, IntegerColumn.LengthMax(count));
    });

    [Fact]
    public void Numbers_without_any_order_take_no_more_than_the_limit() => Property.Holds(20, random =>
    {
        var count = random.Next(1, 2049);
        var bytes = ChunkEncoder.OfThread.Encode(ChunkSamples.Times["the whole of time"](random, count), ChunkSamples.Values["random bits"](random, count));
        // The last group of eight numbers is filled up.
        Assert.InRange(bytes.Length, 1, (count + 7) * 16 + 256);
        Assert.True(bytes.Length <= ChunkFormat.LengthMax);
    });

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2049, 2049)]
    [InlineData(3, 2)]
    public void Encode_refuses_columns_that_make_no_chunk(int times, int values) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new EncodedChunk(new long[times], new double[values]));

    private static void AssertComesBack(long[] times, double[] values)
    {
        var bytes = ChunkEncoder.OfThread.Encode(times, values);
        Assert.Equal(times.Length, ChunkDecoder.Open(bytes));
        Assert.True(bytes.Length <= ChunkFormat.LengthMax);
        var (decodedTimes, decodedValues, scratch) = (new long[times.Length], new double[times.Length], new long[2 * times.Length]);
        foreach (var vectors in Widths.All)
        {
            ChunkDecoder.Times(bytes, decodedTimes, vectors);
            ChunkDecoder.Values(bytes, decodedValues, scratch, vectors);
            Points.AssertSame(new Points(times, values), new Points(decodedTimes, decodedValues), $"{vectors}:");
        }
    }
}
