namespace Weir.Engine.Sketches;

/// <summary>What <see cref="CompactSketch"/> writes and reads: precision, zeros and the counts of both signs.</summary>
public sealed partial class QuantileSketch
{
    internal void WriteCounts(ByteWriter writer)
    {
        writer.Write((byte)_precision);
        writer.WriteVariable((ulong)ZeroCount);
        BucketCodec.Write(writer, _positive);
        BucketCodec.Write(writer, _negative);
    }

    internal void MergeCounts(ByteReader reader, double sum, double min, double max)
    {
        var precision = reader.ReadByte();
        if (precision < _precision) FoldTo(precision);
        var zeros = (long)reader.ReadVariable();
        ZeroCount += zeros;
        _count += zeros;
        if (_count >= NarrowMax) Widen();
        for (var buckets = new BucketCodec.Buckets(precision); buckets.Read(ref reader);) CountBucket(buckets.Index, precision, buckets.Count, isNegative: false);
        for (var buckets = new BucketCodec.Buckets(precision); buckets.Read(ref reader);) CountBucket(buckets.Index, precision, buckets.Count, isNegative: true);
        _lanes[0] += sum;
        if (min < _min) _min = min;
        if (max > _max) _max = max;
    }
}
