using Weir.Engine.Ladders;

namespace Weir.Engine.Chunks;

/// <summary>
/// A sealed, immutable run of points of one series in rising time, with its summary and its ladder. How the columns are kept is the
/// subclass's business; readers bring the space to decode into.
/// </summary>
internal abstract class Chunk
{
    /// <summary>Points in a chunk when it seals. Late points may let a chunk grow to twice this before it is split.</summary>
    public const int Points = 1024;

    /// <summary>The most points in a chunk.</summary>
    public const int PointsMax = 2 * Points;

    public abstract int Count { get; }

    public abstract long FirstTime { get; }

    public abstract long LastTime { get; }

    /// <summary>Places in it are positions in this chunk.</summary>
    public abstract ref readonly Bucket Summary { get; }

    public abstract long Bytes { get; }

    /// <summary>The times in Unix nanoseconds, rising; valid until the space is used again.</summary>
    public abstract ReadOnlySpan<long> Times(ChunkSpace space);

    /// <summary>The values, as many as times; valid until the space is used again.</summary>
    public abstract ReadOnlySpan<double> Values(ChunkSpace space);

    /// <summary>Sums up the points <c>[from, to)</c>.</summary>
    public abstract void Summarize(int from, int to, ChunkSpace space, ref Bucket into);
}

/// <summary>Where a reader lets chunks decode into. One per reading thread.</summary>
internal sealed class ChunkSpace
{
    [ThreadStatic]
    private static ChunkSpace? _ofThread;

    public static ChunkSpace OfThread => _ofThread ??= new ChunkSpace();

    private long[] _times = [];
    private double[] _values = [];

    public Span<long> Times(int count) => _times.Length >= count ? _times.AsSpan(0, count) : (_times = new long[count]);

    public Span<double> Values(int count) => _values.Length >= count ? _values.AsSpan(0, count) : (_values = new double[count]);
}
