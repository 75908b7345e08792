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
    private int _valuesFrom;
    private int _valuesTo;

    public static ChunkSpace OfThread => _ofThread ??= new ChunkSpace();

    /// <summary>The times of an encoded chunk.</summary>
    public ReadOnlySpan<long> Times(byte[] chunk)
    {
        var times = _times.AsSpan(0, ChunkDecoder.Count(chunk));
        if (_timesOf == chunk) return times;
        // Nothing is held while decoding, which a corrupt chunk ends early.
        _timesOf = null;
        ChunkDecoder.Times(chunk, times, VectorWidths.Widest);
        _timesOf = chunk;
        return times;
    }

    /// <summary>The values of an encoded chunk at positions from <paramref name="from"/> to before <paramref name="to"/>.</summary>
    public ReadOnlySpan<double> Values(byte[] chunk, int from, int to)
    {
        if (from == to) return [];
        if (_valuesOf != chunk || from < _valuesFrom || to > _valuesTo)
        {
            _valuesOf = null;
            ChunkDecoder.Values(chunk, _values.AsSpan(0, ChunkDecoder.Count(chunk)), from, to, _scratch, VectorWidths.Widest);
            (_valuesOf, _valuesFrom, _valuesTo) = (chunk, from, to);
        }
        return _values.AsSpan(from, to - from);
    }

    public void Forget() => _timesOf = _valuesOf = null;
}
