using System.Buffers.Binary;
using Weir.Engine.Sketches;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Sketches;

public sealed class SketchBytesTests
{
    [Fact]
    public void Written_and_read_it_is_the_same() => Property.Holds(200, random =>
    {
        var sketch = Any(random);
        var bytes = sketch.ToBytes();
        var read = QuantileSketch.FromBytes(bytes);
        SketchStates.AssertSame(sketch, read);
        Assert.Equal(sketch.Sum, read.Sum);
        Assert.Equal(sketch.BucketsMax, read.BucketsMax);
        Assert.Equal(bytes, read.ToBytes());
        // It goes on as the one it was written from, also back to the precision that was asked for.
        read.Clear();
        sketch.Clear();
        SketchStates.AssertSame(sketch, read);
    });

    [Fact]
    public void Bytes_are_those_of_the_format()
    {
        // Buckets 1023·64 (for 1), the one after it (1 + 1/64) and 1024·64 (2).
        var sketch = SketchStates.OneByOne([1, 1, 1 + 1 / 64.0, 2, -1, 0, double.NaN]);
        string[] fields =
        [
            "57534B54", "01", "06", "06", "00", "00100000",
            "0000000000101040", "000000000000F0BF", "0000000000000040",
            "01", "01",
            "03", "C0FF03", "04", "02", "033D",
            "01", "C0FF03", "02",
        ];
        Assert.Equal(string.Concat(fields), Convert.ToHexString(sketch.ToBytes()[..^4]));
    }

    [Fact]
    public void Damaged_bytes_are_refused_or_never_make_an_unsound_sketch() => Property.Holds(400, random =>
    {
        var bytes = Any(random).ToBytes();
        var damaged = Damage(random, bytes);
        AssertRefusedOrSound(damaged);
        if (!damaged.AsSpan().SequenceEqual(bytes)) Assert.Throws<InvalidDataException>(() => QuantileSketch.FromBytes(damaged));

        // With a checksum that matches again, the fields themselves must be looked at.
        if (damaged.Length < 4) return;
        BinaryPrimitives.WriteUInt32LittleEndian(damaged.AsSpan(^4..), QuantileSketch.Checksum(damaged.AsSpan(..^4)));
        AssertRefusedOrSound(damaged);
    });

    [Fact]
    public void Refusal_says_at_which_byte()
    {
        var bytes = SketchStates.OneByOne([1, 2]).ToBytes();
        Assert.Contains("byte 0", Refusal(bytes[..10]));
        Assert.Contains("byte 0: the magic", Refusal([.. "nope"u8, .. bytes[4..]]));
        Assert.Contains("byte 4: version 9", Refusal([.. bytes[..4], 9, .. bytes[5..]]));
        Assert.Contains($"byte {bytes.Length - 4}: the checksum", Refusal([.. bytes[..30], 7, .. bytes[31..]]));
    }

    private static string Refusal(byte[] bytes) => Assert.Throws<InvalidDataException>(() => QuantileSketch.FromBytes(bytes)).Message;

    private static byte[] Damage(Random random, byte[] bytes)
    {
        var damaged = random.Next(3) == 0 ? bytes[..random.Next(bytes.Length)] : [.. bytes];
        for (var i = random.Next(1, 5); i > 0 && damaged.Length > 0; i--)
        {
            // Mostly in the runs, which have the most to say.
            var at = damaged.Length > 40 && random.Next(3) > 0 ? random.Next(36, damaged.Length) : random.Next(damaged.Length);
            damaged[at] = random.Next(3) switch { 0 => (byte)random.Next(256), 1 => 0xff, _ => (byte)(damaged[at] ^ (1 << random.Next(8))) };
        }
        return damaged;
    }

    private static void AssertRefusedOrSound(byte[] bytes)
    {
        QuantileSketch sketch;
        try
        {
            sketch = QuantileSketch.FromBytes(bytes);
        }
        catch (InvalidDataException)
        {
            return;
        }
        Assert.Equal(sketch.Count, sketch.Buckets().Sum(bucket => bucket.Count));
        Assert.InRange(sketch.Bytes, 0, 8L * sketch.BucketsMax);
        for (var i = 0; i <= 20 && sketch.Count > 0; i++) Assert.InRange(sketch.Quantile(i / 20.0), sketch.Min, sketch.Max);
        sketch.Add(1);
        SketchStates.AssertSame(sketch, QuantileSketch.FromBytes(sketch.ToBytes()));
    }

    private static QuantileSketch Any(Random random)
    {
        var kinds = Distributions.All.Values.ToArray();
        var sketch = new QuantileSketch(random.Next(3) switch { 0 => 0.001, 1 => 0.01, _ => 0.1 }, random.Next(2) == 0 ? 4096 : 10_000);
        for (var parts = random.Next(3); parts > 0; parts--) sketch.Add(kinds[random.Next(kinds.Length)](random, random.Next(300)));
        if (random.Next(5) == 0) sketch.Add(double.NaN);
        if (random.Next(5) == 0) sketch.Add(random.NextDouble(), random.NextInt64(1L << 40));
        return sketch;
    }
}
