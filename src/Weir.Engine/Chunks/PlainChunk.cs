using Weir.Engine.Ladders;

namespace Weir.Engine.Chunks;

/// <summary>A sealed chunk whose columns are kept as they came: 16 bytes a point and nothing to decode.</summary>
internal sealed class PlainChunk : Chunk
{
    private readonly long[] _times;
    private readonly double[] _values;
    private readonly ChunkLadder _ladder;
    private readonly Bucket _summary;

    /// <summary>Takes the columns over; they must not change afterwards.</summary>
    public PlainChunk(long[] times, double[] values)
        : this(times, values, new ChunkLadder(values.Length))
    {
        _ladder.Extend(values, 0);
        _summary = Bucket.Empty;
        _ladder.Summarize(values, 0, values.Length, ref _summary);
    }

    /// <summary>Takes over a full head, whose ladder is already built.</summary>
    public PlainChunk(Head head)
        : this(head.Times, head.Values, head.Ladder)
    {
        _summary = Bucket.Empty;
        _ladder.Summarize(_values, 0, _values.Length, ref _summary);
    }

    private PlainChunk(long[] times, double[] values, ChunkLadder ladder)
    {
        (_times, _values, _ladder) = (times, values, ladder);
    }

    public override int Count => _times.Length;

    public override long FirstTime => _times[0];

    public override long LastTime => _times[^1];

    public override ref readonly Bucket Summary => ref _summary;

    public override long Bytes => _times.Length * 16L + _ladder.Bytes;

    public override ReadOnlySpan<long> Times(ChunkSpace space) => _times;

    public override ReadOnlySpan<double> Values(ChunkSpace space) => _values;

    public override void Summarize(int from, int to, ChunkSpace space, ref Bucket into) => _ladder.Summarize(_values, from, to, ref into);
}
