using System.Runtime.InteropServices;
using Weir.Engine.Chunks.Codecs;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Chunks;

/// <summary>Every vectorized loop gives what its plain twin gives.</summary>
public sealed class DecodingLoopTests
{
    [Fact]
    public void PrefixSum_is_the_same_with_vectors_of_any_width() => Property.Holds(50, random =>
        AssertTwin(random, Any, (numbers, vectors, seed) => PrefixSum.Run(numbers, seed, vectors)));

    [Fact]
    public void Differences_are_unpacked_and_summed_in_one_as_one_after_the_other() => Property.Holds(100, random =>
    {
        var count = random.Next(1, 1100);
        var (widths, add) = (new byte[IntegerColumn.BlocksOf(count)], new long[IntegerColumn.BlocksOf(count)]);
        var length = 0;
        for (var i = 0; i < widths.Length; i++)
        {
            (widths[i], add[i]) = ((byte)(random.Next(3) > 0 ? random.Next(10) : random.Next(58)), Any(random));
            length += BitPacking.BytesFor(Math.Min(BitPacking.Block, count - i * BitPacking.Block), widths[i]);
        }
        var bytes = new byte[length + random.Next(2) * 100];
        random.NextBytes(bytes);
        var (before, plain) = (Any(random), new long[count]);
        BitPacking.Unpack(bytes, widths, add, plain, VectorWidth.Scalar);
        PrefixSum.Run(plain, before, VectorWidth.Scalar);
        foreach (var vectors in Widths.All)
        {
            var sums = new long[count];
            DeltaSums.Run(bytes, widths, add, sums, before, vectors);
            Assert.Equal(plain, sums);
        }
    });

    [Fact]
    public void Fill_is_the_same_with_vectors_of_any_width() => Property.Holds(50, random =>
        AssertTwin(random, Any, (numbers, vectors, seed) => Line.Fill(numbers, seed, seed * 7 + 1, vectors)));

    [Fact]
    public void Add_is_the_same_with_vectors_of_any_width() => Property.Holds(50, random =>
        AssertTwin(random, Any, (numbers, vectors, seed) => Line.Add(numbers, seed, seed * 3 - 1, vectors)));

    [Fact]
    public void Map_is_the_same_with_vectors_of_any_width() => Property.Holds(50, random =>
        AssertTwin(random, Any, (numbers, vectors, seed) => Line.Map(numbers, seed, seed * 5 + 3, vectors)));

    [Fact]
    public void Order_is_the_same_with_vectors_of_any_width_and_its_own_inverse() => Property.Holds(50, random =>
    {
        AssertTwin(random, Any, (numbers, vectors, _) => DoubleBits.Order(numbers, vectors));
        var number = Any(random);
        Assert.Equal(number, DoubleBits.Order(DoubleBits.Order(number)));
    });

    [Fact]
    public void Join_is_the_same_with_vectors_of_any_width_and_undoes_the_split() => Property.Holds(50, random =>
    {
        var bits = Enumerable.Range(0, random.Next(1, 70)).Select(_ => Any(random)).ToArray();
        var scales = bits.Select(DoubleBits.ScaleOf).ToArray();
        foreach (var vectors in Widths.All)
        {
            var joined = bits.Select(DoubleBits.FractionOf).ToArray();
            DoubleBits.Join(joined, scales, vectors);
            Assert.Equal(bits, joined);
        }
    });

    [Fact]
    public void Whole_numbers_become_doubles_as_a_conversion_does() => Property.Holds(50, random =>
        AssertTwin(random, Any, (numbers, vectors, _) => Decimals.ToValues(numbers, 0, vectors)));

    [Fact]
    public void Multiplying_with_two_reciprocals_gives_what_division_gives()
    {
        for (var digits = 1; digits <= Decimals.ExponentMax; digits++)
        {
            var exponent = digits;
            Property.Holds(60, random => AssertTwin(
                random, Up53, (numbers, vectors, _) => Decimals.ToValues(numbers, exponent, vectors)));
        }
    }

    /// <summary>Numbers up to 2^53, as decimals are, of every length.</summary>
    private static long Up53(Random random) => random.NextInt64(-(1L << 53), (1L << 53) + 1) >> random.Next(0, 53);

    private static long Any(Random random) => random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(0, 64);

    private static void AssertTwin(Random random, Func<Random, long> number, Action<long[], VectorWidth, long> loop)
    {
        var (numbers, seed) = (Enumerable.Range(0, random.Next(1, 200)).Select(_ => number(random)).ToArray(), Any(random));
        var plain = numbers.ToArray();
        loop(plain, VectorWidth.Scalar, seed);
        foreach (var vectors in Widths.Vectors)
        {
            var same = numbers.ToArray();
            loop(same, vectors, seed);
            Assert.Equal(MemoryMarshal.AsBytes(plain.AsSpan()), MemoryMarshal.AsBytes(same.AsSpan()));
        }
    }
}
