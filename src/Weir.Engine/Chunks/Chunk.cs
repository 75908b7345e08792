namespace Weir.Engine.Chunks;

/// <summary>
/// A run of points of one series in rising time. How the columns are kept is the subclass's business; readers bring the space to decode into.
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

    public abstract long Bytes { get; }

    /// <summary>The times in Unix nanoseconds, rising; valid until the space is used for another chunk.</summary>
    public abstract ReadOnlySpan<long> Times(ChunkSpace space);

    /// <summary>The values, as many as times; valid until the space is used for another chunk.</summary>
    public ReadOnlySpan<double> Values(ChunkSpace space) => Values(0, Count, space);

    /// <summary>The values at positions from <paramref name="from"/> to before <paramref name="to"/>, which may cost less than all.</summary>
    public abstract ReadOnlySpan<double> Values(int from, int to, ChunkSpace space);

    /// <summary>Position of the first point at or after a time; the count when there is none.</summary>
    public abstract int PositionOf(long time, ChunkSpace space);

    public abstract long TimeAt(int position, ChunkSpace space);

    public double ValueAt(int position, ChunkSpace space) => Values(position, position + 1, space)[0];
}
