using Weir.Engine.Time;

namespace Weir.Engine.Chunks;

/// <summary>
/// The open end of a series. The engine appends at <see cref="Count"/>; readers look only at the points that a snapshot has published,
/// and those never change: what a late point would change is built anew in another head.
/// </summary>
internal sealed class Head
{
    /// <summary>Small at first, so that a hundred thousand series with one point each stay small.</summary>
    private const int CapacityFirst = 16;

    public Head()
        : this(new long[CapacityFirst], new double[CapacityFirst], 0)
    {
    }

    public Head(ReadOnlySpan<long> times, ReadOnlySpan<double> values)
        : this(new long[CapacityFor(times.Length)], new double[CapacityFor(times.Length)], times.Length)
    {
        times.CopyTo(Times);
        values.CopyTo(Values);
    }

    private Head(long[] times, double[] values, int count)
    {
        (Times, Values, Count) = (times, values, count);
    }

    public long[] Times { get; private set; }

    public double[] Values { get; private set; }

    public int Count { get; private set; }

    public bool IsFull => Count == Chunk.Points;

    public long Bytes => Times.Length * 16L;

    /// <summary>Appends as many as fit and says how many those were; the times must be later than all in the head.</summary>
    public int Append(ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        var taken = Math.Min(times.Length, Chunk.Points - Count);
        if (Count + taken > Times.Length) Grow(Count + taken);
        times[..taken].CopyTo(Times.AsSpan(Count));
        values[..taken].CopyTo(Values.AsSpan(Count));
        Count += taken;
        return taken;
    }

    /// <summary>Appends one point; there must be room.</summary>
    public void Append(long time, double value)
    {
        if (Count == Times.Length) Grow(Count + 1);
        Times[Count] = time;
        Values[Count] = value;
        Count++;
    }

    /// <summary>What a reader may keep: these arrays, which a later growth leaves alone.</summary>
    public PublishedHead Publish() => new(Times, Values, Count);

    private void Grow(int atLeast)
    {
        var capacity = CapacityFor(atLeast);
        var (times, values) = (new long[capacity], new double[capacity]);
        Times.AsSpan(0, Count).CopyTo(times);
        Values.AsSpan(0, Count).CopyTo(values);
        (Times, Values) = (times, values);
    }

    private static int CapacityFor(int count)
    {
        var capacity = CapacityFirst;
        while (capacity < count) capacity *= 4;
        return capacity;
    }
}

/// <summary>The part of a head that readers may see.</summary>
internal sealed class PublishedHead(long[] times, double[] values, int count) : Chunk
{
    public override int Count => count;

    public override long FirstTime => times[0];

    public override long LastTime => times[count - 1];

    public override long Bytes => 0;

    public override ReadOnlySpan<long> Times(ChunkSpace space) => times.AsSpan(0, count);

    public override ReadOnlySpan<double> Values(int from, int to, ChunkSpace space) => values.AsSpan(from..to);

    public override int PositionOf(long time, ChunkSpace space) => Search.FirstAtOrAfter(times.AsSpan(0, count), time);

    public override long TimeAt(int position, ChunkSpace space) => times[position];
}
