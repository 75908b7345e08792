using System.Buffers;

namespace Weir.Engine.Sketches;

/// <summary>
/// The counts of a sketch that will not change any more, packed as in docs/sketch.md: about one byte for each bucket in use instead of four for
/// each between the first and the last. The default counted nothing.
/// </summary>
internal readonly struct CompactSketch
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    [ThreadStatic]
    private static QuantileSketch? _scratch;

    private readonly byte[]? _bytes;

    private CompactSketch(byte[] bytes) => _bytes = bytes;

    /// <summary>Bytes of memory, those of the array's head included.</summary>
    public long Bytes => _bytes is null ? 0 : 24 + ((_bytes.Length + 7) & ~7);

    /// <summary>Bits of the mantissa that tell its buckets apart; 0 when it is empty.</summary>
    public int Precision => _bytes is null ? 0 : _bytes[0];

    public static CompactSketch Of(QuantileSketch sketch)
    {
        if (sketch.Count == 0) return default;
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(256);
        buffer.ResetWrittenCount();
        sketch.WriteCounts(new ByteWriter(buffer));
        return new(buffer.WrittenSpan.ToArray());
    }

    /// <summary>The thread's empty sketch to unpack into; its next call forgets what it holds.</summary>
    public static QuantileSketch Scratch(int precision)
    {
        if (_scratch?.PrecisionWanted != precision) _scratch = QuantileSketch.AtPrecision(precision);
        _scratch.Clear();
        return _scratch;
    }

    /// <summary>Takes the counts into a sketch, which is told what the values came to.</summary>
    public void MergeInto(QuantileSketch sketch, double sum, double min, double max)
    {
        if (_bytes is not null) sketch.MergeCounts(new ByteReader(_bytes), sum, min, max);
    }
}
