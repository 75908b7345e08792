using System.Buffers;

namespace Weir.Engine.Sketches;

/// <summary>
/// The counts of a sketch that will not change any more, packed as in docs/sketch.md: about one byte for each bucket in use instead of four for
/// each between the first and the last.
/// </summary>
internal sealed class CompactSketch
{
    /// <summary>The one for all that counted nothing.</summary>
    public static readonly CompactSketch Empty = new([]);

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    private readonly byte[] _bytes;

    private CompactSketch(byte[] bytes) => _bytes = bytes;

    /// <summary>Bytes of memory, those of the objects included.</summary>
    public long Bytes => _bytes.Length == 0 ? 0 : 48 + _bytes.Length;

    /// <summary>Bits of the mantissa that tell its buckets apart; 0 when it is empty.</summary>
    public int Precision => _bytes.Length == 0 ? 0 : _bytes[0];

    public static CompactSketch Of(QuantileSketch sketch)
    {
        if (sketch.Count == 0) return Empty;
        var buffer = _buffer ??= new ArrayBufferWriter<byte>(256);
        buffer.ResetWrittenCount();
        sketch.WriteCounts(new ByteWriter(buffer));
        return new(buffer.WrittenSpan.ToArray());
    }

    /// <summary>Takes the counts into a sketch, which is told what the values came to.</summary>
    public void MergeInto(QuantileSketch sketch, double sum, double min, double max)
    {
        if (_bytes.Length > 0) sketch.MergeCounts(new ByteReader(_bytes), sum, min, max);
    }
}
