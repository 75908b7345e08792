using System.Text.Json;
using System.Text.RegularExpressions;
using Weir.Engine.Downsampling;
using Weir.Engine.Wire;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Wire;

public sealed partial class WireTests
{
    public static TheoryData<string> Vectors => WireVectors.Names;

    [Fact]
    public void Vectors_are_there() => Assert.True(Vectors.Count >= 10, $"{Vectors.Count} vectors were found.");

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Golden_message_reads_as_it_says(string name)
    {
        var (message, meaning) = (WireVectors.Bytes(name), WireVectors.Meaning(name));
        if (meaning.TryGetProperty("error", out var error))
        {
            var refused = Assert.Throws<InvalidDataException>(() => ReadAll(message));
            Assert.StartsWith($"Malformed wire block at byte {error.GetProperty("at").GetInt32()}: ", refused.Message, StringComparison.Ordinal);
            return;
        }
        var blocks = meaning.GetProperty("blocks").EnumerateArray().ToArray();
        var read = ReadAll(message);
        Assert.Equal(blocks.Length, read.Count);
        for (var i = 0; i < blocks.Length; i++)
        {
            var (at, header) = read[i];
            AssertHeader(blocks[i], header);
            if (header.Kind == BlockKind.Columns) AssertColumns(blocks[i], header, ColumnBlock.Read(message, at, header));
            else AssertPoints(blocks[i], PointBlock.Read(message, at, header));
        }
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Golden_message_is_written_again_byte_for_byte(string name)
    {
        if (WireVectors.Meaning(name).TryGetProperty("error", out _)) return;
        var message = WireVectors.Bytes(name);
        var written = new byte[message.Length];
        foreach (var (at, header) in ReadAll(message))
        {
            var to = written.AsSpan(at);
            // A writer leaves nothing of what the buffer held before.
            to.Fill(0xEE);
            if (header.Kind == BlockKind.Columns)
            {
                Assert.Equal(header.Length, ColumnBlock.Write(to, ColumnBlock.Read(message, at, header), header.View, header.Slot, header.Sequence, header.Step, header.Flags));
            }
            else
            {
                var (times, values) = PointBlock.Read(message, at, header);
                Assert.Equal(header.Length, PointBlock.Write(to, times, values, header.View, header.Slot, header.Sequence));
            }
        }
        Assert.Equal(Convert.ToHexString(message), Convert.ToHexString(written));
    }

    [Fact]
    public void Blocks_round_trip_at_every_size() => Property.Holds(60, random =>
    {
        var count = random.Next(4) == 0 ? ColumnBlock.CountMax - random.Next(3) : random.Next(1, 50);
        var number = random.NextInt64(-1_000_000, 1_000_000);
        var columns = Enumerable.Range(0, count).Select(_ => new Column
        {
            Number = number += 1 + random.Next(1_000_000),
            First = random.NextDouble(),
            Min = double.NaN,
            Max = random.NextDouble(),
            Last = double.PositiveInfinity,
        }).ToArray();
        var message = new byte[BlockHeader.ColumnsLength(count)];
        var step = random.NextInt64(1000, long.MaxValue);
        Assert.Equal(message.Length, ColumnBlock.Write(message, columns, 7, uint.MaxValue, ulong.MaxValue, step, BlockFlags.More));
        var header = BlockHeader.Read(message, 0);
        Assert.Equal(new BlockHeader(BlockKind.Columns, BlockFlags.More, message.Length, 7, uint.MaxValue, count, ulong.MaxValue, columns[0].Number, step), header);
        Assert.Equal(columns, ColumnBlock.Read(message, 0, header));

        var points = Points.Random(random, Math.Min(count * 3, PointBlock.CountMax));
        message = new byte[BlockHeader.PointsLength(points.Count)];
        PointBlock.Write(message, points.Times, points.Values, 1, 2, 3);
        var (times, values) = PointBlock.Read(message, 0, BlockHeader.Read(message, 0));
        Points.AssertSame(points, new Points(times, values));
    });

    [Fact]
    public void The_most_that_fits_a_block_fits_and_one_more_does_not()
    {
        Assert.InRange(BlockHeader.ColumnsLength(ColumnBlock.CountMax), 0, BlockHeader.BlockBytesMax);
        Assert.True(BlockHeader.ColumnsLength(ColumnBlock.CountMax + 1) > BlockHeader.BlockBytesMax);
        Assert.InRange(BlockHeader.PointsLength(PointBlock.CountMax), 0, BlockHeader.BlockBytesMax);
        Assert.True(BlockHeader.PointsLength(PointBlock.CountMax + 1) > BlockHeader.BlockBytesMax);
        var to = new byte[2 * BlockHeader.BlockBytesMax];
        Assert.Throws<ArgumentOutOfRangeException>(() => ColumnBlock.Write(to, new Column[ColumnBlock.CountMax + 1], 0, 0, 0, 1000));
        Assert.Throws<ArgumentOutOfRangeException>(() => ColumnBlock.Write(to, [], 0, 0, 0, 1000));
        Assert.Throws<ArgumentOutOfRangeException>(() => PointBlock.Write(to, new long[PointBlock.CountMax + 1], new double[PointBlock.CountMax + 1], 0, 0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => PointBlock.Write(to, [1], [1, 2], 0, 0, 0));
    }

    [Fact]
    public void Random_bytes_are_refused_at_a_byte_that_is_named() => Property.Holds(1, random =>
    {
        for (var i = 0; i < 20_000; i++)
        {
            var message = new byte[random.Next(200)];
            random.NextBytes(message);
            Refuse(message);
        }
    });

    [Fact]
    public void Changed_messages_are_read_or_refused_at_a_byte_that_is_named() => Property.Holds(1, random =>
    {
        var originals = Vectors.Select(row => WireVectors.Bytes(row.Data)).Where(bytes => bytes.Length > 0).ToArray();
        for (var i = 0; i < 40_000; i++)
        {
            var message = (byte[])originals[random.Next(originals.Length)].Clone();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                var at = random.Next(4) > 0 ? random.Next(Math.Min(48, message.Length)) : random.Next(message.Length);
                message[at] = random.Next(3) switch { 0 => (byte)random.Next(256), 1 => 0xFF, _ => (byte)(message[at] ^ (1 << random.Next(8))) };
            }
            if (random.Next(5) == 0) message = message[..random.Next(message.Length)];
            Refuse(message);
        }
    });

    private static void Refuse(byte[] message)
    {
        try
        {
            foreach (var (at, header) in ReadAll(message))
            {
                if (header.Kind == BlockKind.Columns) Assert.Equal(header.Count, ColumnBlock.Read(message, at, header).Length);
                else Assert.Equal(header.Count, PointBlock.Read(message, at, header).Times.Length);
            }
        }
        catch (InvalidDataException e)
        {
            var named = AtByte().Match(e.Message);
            Assert.True(named.Success, e.Message);
            Assert.InRange(int.Parse(named.Groups[1].ValueSpan), 0, message.Length);
        }
    }

    private static List<(int At, BlockHeader Header)> ReadAll(byte[] message)
    {
        var blocks = new List<(int At, BlockHeader Header)>();
        for (var at = 0; at < message.Length; at += blocks[^1].Header.Length) blocks.Add((at, BlockHeader.Read(message, at)));
        return blocks;
    }

    private static void AssertHeader(JsonElement expected, BlockHeader header)
    {
        Assert.Equal(expected.GetProperty("kind").GetString(), header.Kind.ToString().ToLowerInvariant());
        Assert.Equal(
            (Field("flags"), Field("length"), Field("view"), Field("slot"), Field("count"), Field("base"), Field("step")),
            ((long)header.Flags, header.Length, header.View, header.Slot, header.Count, header.Base, header.Step));
        Assert.Equal(WireVectors.ULong(expected.GetProperty("sequence")), header.Sequence);

        long Field(string name) => WireVectors.Long(expected.GetProperty(name));
    }

    private static void AssertColumns(JsonElement expected, BlockHeader header, Column[] columns)
    {
        Assert.Equal(expected.GetProperty("offset").EnumerateArray().Select(o => header.Base + o.GetUInt32()), columns.Select(c => c.Number));
        Assert.Equal(Doubles(expected, "first"), columns.Select(c => c.First));
        Assert.Equal(Doubles(expected, "min"), columns.Select(c => c.Min));
        Assert.Equal(Doubles(expected, "max"), columns.Select(c => c.Max));
        Assert.Equal(Doubles(expected, "last"), columns.Select(c => c.Last));
    }

    private static void AssertPoints(JsonElement expected, (long[] Times, double[] Values) points)
    {
        Assert.Equal(expected.GetProperty("time").EnumerateArray().Select(WireVectors.Long), points.Times);
        Assert.Equal(Doubles(expected, "value"), points.Values);
    }

    private static IEnumerable<double> Doubles(JsonElement block, string name) => block.GetProperty(name).EnumerateArray().Select(WireVectors.Double);

    [GeneratedRegex("^Malformed wire block at byte ([0-9]+): ")]
    private static partial Regex AtByte();
}
