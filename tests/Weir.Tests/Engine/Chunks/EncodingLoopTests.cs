using Weir.Engine.Chunks.Codecs;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Chunks;

/// <summary>Every vectorized loop of the encoder gives what its plain twin gives, and what it is there to find is right.</summary>
public sealed class EncodingLoopTests
{
    public static TheoryData<string> Values => [.. ChunkSamples.Values.Keys];

    [Theory]
    [MemberData(nameof(Values))]
    public void Chunks_are_the_same_bytes_with_vectors_of_any_width(string kind) => Property.Holds(10, random =>
    {
        foreach (var count in ChunkSamples.Counts)
        {
            var times = ChunkSamples.Times.Values.ElementAt(random.Next(ChunkSamples.Times.Count))(random, count);
            var values = ChunkSamples.Values[kind](random, count);
            var plain = new ChunkEncoder(VectorWidth.Scalar).Encode(times, values);
            foreach (var vectors in Widths.Vectors) Assert.Equal(plain, new ChunkEncoder(vectors).Encode(times, values));
        }
    });

    /// <summary>What one chunk leaves behind in the encoder must not show in the next.</summary>
    [Fact]
    public void Chunks_are_the_same_bytes_whatever_was_encoded_before() => Property.Holds(100, random =>
    {
        var points = Points.Random(random, random.Next(1, 2049));
        Assert.Equal(new ChunkEncoder(VectorWidths.Widest).Encode(points.Times, points.Values), ChunkEncoder.OfThread.Encode(points.Times, points.Values));
    });

    [Fact]
    public void Unit_is_the_greatest_common_divisor() => Property.Holds(500, random =>
    {
        var unit = (ulong)random.NextInt64(1, 1L << random.Next(1, 40)) << random.Next(0, 10);
        // Some have a divisor of which a few numbers do not get rid.
        var often = random.Next(4) == 0 ? 6UL : 1;
        var numbers = Enumerable.Range(0, random.Next(1, 300)).Select(_ => (long)(unit * (ulong)random.Next(1, 10_000) * (random.Next(100) == 0 ? 1 : often))).ToArray();
        var expected = numbers.Aggregate(0UL, (common, number) => Euclid(common, (ulong)number));
        foreach (var vectors in Widths.All)
        {
            var divided = numbers.ToArray();
            Assert.Equal(expected, CommonUnit.Divide(divided, vectors));
            Assert.Equal(numbers.Select(number => (long)((ulong)number / expected)), divided);
        }
    });

    [Fact]
    public void Range_is_that_of_all_or_of_those_within() => Property.Holds(200, random =>
    {
        var numbers = Numbers(random, random.Next(1, 129));
        var (low, width) = (numbers[random.Next(numbers.Length)], random.Next(0, 64));
        var within = numbers.Where(number => (ulong)(number - low) >>> width == 0).OrderBy(number => (ulong)(number - low)).ToArray();
        foreach (var vectors in Widths.All)
        {
            Assert.Equal((numbers.Min(), numbers.Max()), NumberRange.Of(numbers, vectors));
            Assert.Equal((within[0], within[^1]), NumberRange.Within(numbers, low, width, vectors));
        }
    });

    [Fact]
    public void Histogram_finds_the_densest_row_of_bins() => Property.Holds(200, random =>
    {
        const int bins = 1 << FrameHistogram.BinBits;
        var (numbers, shift) = (Numbers(random, random.Next(1, 129)), random.Next(0, 59));
        var start = numbers[random.Next(numbers.Length)] - random.Next(3);
        var counts = new int[bins + bins];
        foreach (var number in numbers)
        {
            if ((ulong)(number - start) >>> shift < bins) counts[(ulong)(number - start) >>> shift]++;
        }
        foreach (var vectors in Widths.All)
        {
            var space = new byte[FrameHistogram.SpaceBytes];
            random.NextBytes(space);
            var histogram = new FrameHistogram(space);
            histogram.Count(numbers, start, shift, vectors);
            for (var row = 1; row <= bins; row *= 2)
            {
                var inside = Enumerable.Range(0, bins).Select(first => counts.Skip(first).Take(row).Sum()).ToList();
                Assert.Equal((inside.Max(), inside.IndexOf(inside.Max())), histogram.Densest(row, vectors));
            }
        }
    });

    /// <summary>Against every width at every number, in plain: nothing outside is forgotten, and little is given away.</summary>
    [Fact]
    public void Frame_takes_little_more_than_the_best_there_is()
    {
        var (taken, least) = (0.0, 0.0);
        Property.Holds(300, random =>
        {
            var block = Numbers(random, random.Next(1, 129));
            foreach (var vectors in Widths.All)
            {
                var frame = BlockFrame.Of(block, vectors);
                Assert.InRange(block.Count(number => !frame.Holds(number)), 0, frame.Patches);
                (taken, least) = (taken + frame.Bits, least + LeastBits(block));
            }
        });
        // Patches have to save one bit of 32, and places are looked for in 64ths.
        Assert.InRange(taken / least, 1, 1.04);
    }

    [Fact]
    public void Decimals_are_found_as_one_by_one() => Property.Holds(200, random =>
    {
        var values = ChunkSamples.Values.Values.ElementAt(random.Next(ChunkSamples.Values.Count))(random, random.Next(1, 300));
        var exponent = random.Next(0, Decimals.ExponentMax + 1);
        var (plain, plainMissing) = (new long[values.Length], new long[values.Length]);
        var count = Decimals.ToIntegers(values, exponent, plain, plainMissing, VectorWidth.Scalar);
        Assert.Equal(values.Count(value => !Decimals.TryToInteger(value, exponent, out _)), count);
        foreach (var vectors in Widths.Vectors)
        {
            var (integers, missing) = (new long[values.Length], new long[values.Length]);
            Assert.Equal(count, Decimals.ToIntegers(values, exponent, integers, missing, vectors));
            Assert.Equal(plainMissing, missing);
            for (var i = 0; i < values.Length; i++) Assert.True(missing.AsSpan(0, count).Contains(i) || integers[i] == plain[i], $"{vectors}: value {i} became {integers[i]} and should be {plain[i]}.");
            Assert.Equal(DecimalExponent.OfAll(values, VectorWidth.Scalar), DecimalExponent.OfAll(values, vectors));
        }
    });

    /// <summary>Numbers of some length, often with a few far away.</summary>
    private static long[] Numbers(Random random, int count)
    {
        var (middle, bits, far) = (random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64), random.Next(1, 50), random.Next(3));
        return Enumerable.Range(0, count).Select(_ => random.Next(40) < far ? random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64) : middle + random.NextInt64(1L << bits)).ToArray();
    }

    private static int LeastBits(long[] block)
    {
        var (min, max) = (block.Min(), block.Max());
        var whole = BitPacking.WidthOf((ulong)(max - min));
        var (least, patch) = (BitPacking.BytesFor(block.Length, whole) * 8, 11 + 64 - long.LeadingZeroCount(max - min));
        for (var width = 0; width < whole; width++)
        {
            if (!BitPacking.IsWidth(width)) continue;
            var most = block.Max(low => block.Count(number => number >= low && (ulong)(number - low) >>> width == 0));
            least = Math.Min(least, BitPacking.BytesFor(block.Length, width) * 8 + (int)((block.Length - most) * patch));
        }
        return least;
    }

    private static ulong Euclid(ulong a, ulong b) => b == 0 ? a : Euclid(b, a % b);
}
