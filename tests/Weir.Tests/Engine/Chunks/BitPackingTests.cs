using Weir.Engine.Chunks.Codecs;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Chunks;

public sealed class BitPackingTests
{
    public static TheoryData<int> EveryWidth => [.. Enumerable.Range(0, 65).Where(BitPacking.IsWidth)];

    [Theory]
    [MemberData(nameof(EveryWidth))]
    public void Unpack_gives_what_was_packed_with_vectors_of_any_width(int width) => Property.Holds(12, random =>
    {
        var count = random.Next(1, BitPacking.Block + 1);
        var (numbers, add) = (new long[count], random.NextInt64(long.MinValue, long.MaxValue));
        for (var i = 0; i < count; i++) numbers[i] = width == 0 ? 0 : (long)((ulong)random.NextInt64(long.MinValue, long.MaxValue) >>> (64 - width));
        var packed = Pack(numbers, 0, width, VectorWidth.Scalar);
        // What stands behind must not matter: nothing, a little, or enough to be read past the end.
        foreach (var behind in new[] { 0, random.Next(1, 64), 100 })
        {
            var from = new byte[packed.Length + behind];
            random.NextBytes(from);
            packed.CopyTo(from, 0);
            foreach (var vectors in Widths.All)
            {
                var unpacked = new long[count];
                BitPacking.Unpack(from, [(byte)width], [add], unpacked, vectors);
                for (var i = 0; i < count; i++)
                {
                    if (unpacked[i] != numbers[i] + add) Assert.Fail($"{vectors}: number {i} of {count} is {unpacked[i]} and should be {numbers[i] + add}.");
                }
            }
        }
    });

    [Theory]
    [MemberData(nameof(EveryWidth))]
    public void Pack_is_the_same_with_vectors_of_any_width(int width) => Property.Holds(12, random =>
    {
        var (numbers, low) = (new long[random.Next(1, BitPacking.Block + 1)], random.NextInt64(long.MinValue, long.MaxValue));
        for (var i = 0; i < numbers.Length; i++) numbers[i] = low + (width == 0 ? 0 : (long)((ulong)random.NextInt64(long.MinValue, long.MaxValue) >>> (64 - width)));
        var plain = Pack(numbers, low, width, VectorWidth.Scalar);
        foreach (var vectors in Widths.Vectors) Assert.Equal(plain, Pack(numbers, low, width, vectors));
    });

    [Fact]
    public void Pack_refuses_space_that_is_too_short() => Assert.ThrowsAny<ArgumentException>(() => BitPacking.Pack(new long[64], 0, 16, new byte[127], VectorWidths.Widest));

    [Fact]
    public void Pack_puts_numbers_back_to_back_lowest_bit_first()
    {
        var packed = Pack([1, 2, 3, 4, 5, 6, 7, 0], 0, 3, VectorWidth.Scalar);
        // 000 111 110 101 100 011 010 001, read from the right.
        Assert.Equal(0b000_111_110_101_100_011_010_001, packed[0] | packed[1] << 8 | packed[2] << 16);
    }

    [Theory]
    [InlineData(0UL, 0)]
    [InlineData(1UL, 1)]
    [InlineData((1UL << 57) - 1, 57)]
    [InlineData(1UL << 57, 64)]
    [InlineData(ulong.MaxValue, 64)]
    public void WidthOf_is_the_narrowest_in_use(ulong number, int width) => Assert.Equal(width, BitPacking.WidthOf(number));

    [Fact]
    public void Unpack_refuses_bytes_that_are_too_few() => Assert.ThrowsAny<ArgumentException>(() => BitPacking.Unpack(new byte[127], [16], [0], new long[64], VectorWidths.Widest));

    private static byte[] Pack(long[] numbers, long low, int width, VectorWidth vectors)
    {
        var length = BitPacking.BytesFor(numbers.Length, width);
        var to = new byte[length + BitPacking.Reach];
        BitPacking.Pack(numbers, low, width, to, vectors);
        return to[..length];
    }
}
