using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;

namespace Weir.Engine.Sketches;

/// <summary>The sketch as bytes; docs/sketch.md draws them.</summary>
public sealed partial class QuantileSketch
{
    /// <summary>"WSKT", read as a little-endian number.</summary>
    private const uint Magic = 0x54_4b_53_57;
    private const byte Version = 1;

    /// <summary>Magic, version, two precisions, a zero, the limit, sum, minimum, maximum, two counts, two empty runs, checksum.</summary>
    private const int BytesLeast = 36 + 4 + 4;

    /// <summary>All of the sketch, to be read by <see cref="FromBytes"/> here or elsewhere.</summary>
    public byte[] ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        var writer = new ByteWriter(buffer);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write((byte)_precision);
        writer.Write((byte)PrecisionWanted);
        writer.Write((byte)0);
        writer.Write((uint)BucketsMax);
        writer.Write(Sum);
        writer.Write(_min);
        writer.Write(_max);
        writer.WriteVariable((ulong)ZeroCount);
        writer.WriteVariable((ulong)SkippedCount);
        BucketCodec.Write(writer, _positive);
        BucketCodec.Write(writer, _negative);
        writer.Write(Checksum(buffer.WrittenSpan));
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The sketch that <see cref="ToBytes"/> wrote. Whatever bytes are given, they make a sound sketch or an exception.</summary>
    /// <exception cref="InvalidDataException">No sketch, one of another version, or one that is damaged; the message says at which byte.</exception>
    public static QuantileSketch FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < BytesLeast) throw ByteReader.Malformed(0, $"{bytes.Length} bytes are fewer than the {BytesLeast} of an empty sketch");
        var body = bytes[..^4];
        var reader = new ByteReader(body);
        if (reader.ReadUInt32() is var magic && magic != Magic) throw ByteReader.Malformed(0, $"the magic is {magic:x8}, not {Magic:x8}");
        if (reader.ReadByte() is var version && version != Version) throw ByteReader.Malformed(4, $"version {version} is not {Version}");
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]) != Checksum(body)) throw ByteReader.Malformed(body.Length, "the checksum does not match");
        var (precision, wanted, reserved) = (reader.ReadByte(), reader.ReadByte(), reader.ReadByte());
        if (wanted > LogLinear.PrecisionMax || precision > wanted || reserved != 0) throw ByteReader.Malformed(5, $"precisions {precision} and {wanted} are unknown");
        var bucketsMax = reader.ReadUInt32();
        if (bucketsMax is < BucketsMaxLeast or > BucketsMaxMost) throw ByteReader.Malformed(8, $"a limit of {bucketsMax} buckets is out of range");
        var sketch = AtPrecision(wanted, (int)bucketsMax);
        sketch._precision = precision;
        var (sum, min, max) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadDouble());
        sketch.ReadCounts(ref reader);
        if (reader.Left > 0) throw reader.Malformed($"{reader.Left} bytes follow the sketch");
        sketch.TakeExact(sum, min, max);
        return sketch;
    }

    private void ReadCounts(ref ByteReader reader)
    {
        const long most = long.MaxValue / 2;
        ZeroCount = reader.ReadVariable("a count of zeros", 0, most);
        SkippedCount = reader.ReadVariable("a count of values left out", 0, most);
        _count = ZeroCount;
        if (_count >= NarrowMax) Widen();
        var precision = _precision;
        for (var buckets = new BucketCodec.Buckets(precision); buckets.Read(ref reader);) Take(buckets.Index, buckets.Count, isNegative: false);
        for (var buckets = new BucketCodec.Buckets(precision); buckets.Read(ref reader);) Take(buckets.Index, buckets.Count, isNegative: true);
        if (_precision != precision) throw reader.Malformed($"the buckets spread further than the {BucketsMax} allowed");

        void Take(int index, long count, bool isNegative)
        {
            if (count > most - _count) throw ByteReader.Malformed(0, "the counts overflow");
            CountBucket(index, precision, count, isNegative);
        }
    }

    /// <summary>Counts values of a bucket that is given at some precision.</summary>
    private void CountBucket(int index, int precision, long count, bool isNegative)
    {
        if (_count + count >= NarrowMax) Widen();
        var range = new BucketRange(index, index);
        MakeRoom(isNegative ? BucketRange.None : range, isNegative ? range : BucketRange.None, precision);
        index >>= precision - _precision;
        if (isNegative) _negative.Count(index, count);
        else _positive.Count(index, count);
        _negativeCount += isNegative ? count : 0;
        _count += count;
    }

    /// <summary>Takes over what was kept exactly, if that is possible at all.</summary>
    private void TakeExact(double sum, double min, double max)
    {
        var agrees = _count == 0
            ? sum == 0 && min == double.PositiveInfinity && max == double.NegativeInfinity
            : min <= max && double.IsFinite(min) && double.IsFinite(max);
        if (!agrees) throw ByteReader.Malformed(12, $"sum {sum}, minimum {min} and maximum {max} do not go with {_count} values");
        _lanes[0] = sum;
        (_min, _max) = (min, max);
    }

    /// <summary>CRC-32C (Castagnoli, RFC 3720 appendix B.4), for which processors have an instruction.</summary>
    internal static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes) crc = BitOperations.Crc32C(crc, value);
        return ~crc;
    }
}
