using Weir.Engine.Ladders;

namespace Weir.Engine.Chunks;

/// <summary>
/// A sealed, immutable run of points of one series in rising time, with its summary. How the columns are kept is the
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

    public abstract double FirstValue { get; }

    public abstract double LastValue { get; }

    /// <summary>Places in it are positions in this chunk.</summary>
    public abstract ref readonly Bucket Summary { get; }

    /// <summary>Time of the summary's smallest value; of no meaning where no value is finite.</summary>
    public abstract long MinTime { get; }

    /// <summary>Time of the summary's largest value; of no meaning where no value is finite.</summary>
    public abstract long MaxTime { get; }

    public abstract long Bytes { get; }

    /// <summary>The times in Unix nanoseconds, rising; valid until the space is used for another chunk.</summary>
    public abstract ReadOnlySpan<long> Times(ChunkSpace space);

    /// <summary>The values, as many as times; valid until the space is used for another chunk.</summary>
    public abstract ReadOnlySpan<double> Values(ChunkSpace space);
}
