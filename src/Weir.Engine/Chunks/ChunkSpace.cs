using Weir.Engine.Chunks.Codecs;

namespace Weir.Engine.Chunks;

/// <summary>
/// Where a reader lets chunks decode into, one per reading thread. It remembers whose columns it holds, so reading one chunk again and again decodes
/// it once. Columns of two chunks at a time it cannot hold: whoever reads them together copies the first.
/// </summary>
internal sealed class ChunkSpace
{
    [ThreadStatic]
    private static ChunkSpace? _ofThread;

    private readonly long[] _times = new long[Chunk.PointsMax];
    private readonly double[] _values = new double[Chunk.PointsMax];
    private readonly long[] _scratch = new long[2 * Chunk.PointsMax];
    private byte[]? _timesOf;
    private byte[]? _valuesOf;

    public static ChunkSpace OfThread => _ofThread ??= new ChunkSpace();

    /// <summary>The times of an encoded chunk of so many points.</summary>
    public ReadOnlySpan<long> Times(byte[] chunk, int count)
    {
        var times = _times.AsSpan(0, count);
        if (_timesOf == chunk) return times;
        // Nothing is held while decoding, which a corrupt chunk ends early.
        _timesOf = null;
        ChunkDecoder.Times(chunk, times, VectorWidths.Widest);
        _timesOf = chunk;
        return times;
    }

    /// <summary>The values of an encoded chunk of so many points.</summary>
    public ReadOnlySpan<double> Values(byte[] chunk, int count)
    {
        var values = _values.AsSpan(0, count);
        if (_valuesOf == chunk) return values;
        _valuesOf = null;
        ChunkDecoder.Values(chunk, values, _scratch, VectorWidths.Widest);
        _valuesOf = chunk;
        return values;
    }

    public void Forget() => _timesOf = _valuesOf = null;
}
