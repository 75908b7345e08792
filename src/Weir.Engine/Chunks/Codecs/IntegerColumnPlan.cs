namespace Weir.Engine.Chunks.Codecs;

/// <summary>One way of writing a column: the numbers to pack and the frames of their blocks. Made to be used again and again.</summary>
internal sealed class IntegerColumnPlan
{
    private readonly long[] _numbers = new long[Chunk.PointsMax];
    private readonly BlockFrame[] _frames = new BlockFrame[Chunk.PointsMax / IntegerColumn.Block];

    public IntegerShape Shape { get; private set; }

    /// <summary>Slope of a line; or what a running sum begins with.</summary>
    public long First { get; private set; }

    /// <summary>What the inner of two running sums begins with.</summary>
    public long Second { get; private set; }

    /// <summary>What this takes, about.</summary>
    public long Bits { get; private set; }

    public int Count { get; private set; }

    public ReadOnlySpan<long> Numbers => _numbers.AsSpan(0, Count);

    public ReadOnlySpan<BlockFrame> Frames => _frames.AsSpan(0, IntegerColumn.BlocksOf(Count));

    public void TakeDistances(ReadOnlySpan<long> units, long slope)
    {
        var numbers = Begin(IntegerShape.Distances, units.Length);
        for (var i = 0; i < numbers.Length; i++) numbers[i] = units[i] - i * slope;
        (First, Second) = (slope, 0);
        Frame();
    }

    public void TakeDeltas(ReadOnlySpan<long> units)
    {
        var numbers = Begin(IntegerShape.Deltas, units.Length);
        for (var i = 1; i < numbers.Length; i++) numbers[i] = units[i] - units[i - 1];
        // The first has no difference of its own and takes its neighbour's, so that it widens no block.
        numbers[0] = numbers[1];
        (First, Second) = (units[0] - numbers[0], 0);
        Frame();
    }

    public void TakeDeltasOfDeltas(ReadOnlySpan<long> units)
    {
        var numbers = Begin(IntegerShape.DeltasOfDeltas, units.Length);
        for (var i = 2; i < numbers.Length; i++) numbers[i] = units[i] - 2 * units[i - 1] + units[i - 2];
        numbers[0] = numbers[1] = numbers[2];
        Second = units[1] - units[0] - 2 * numbers[0];
        First = units[0] - (Second + numbers[0]);
        Frame();
    }

    private Span<long> Begin(IntegerShape shape, int count)
    {
        (Shape, Count) = (shape, count);
        return _numbers.AsSpan(0, count);
    }

    private void Frame()
    {
        Bits = 8L * (ByteWriter.SizeOfSigned(First) + (Shape == IntegerShape.DeltasOfDeltas ? ByteWriter.SizeOfSigned(Second) : 0));
        for (var i = 0; i < IntegerColumn.BlocksOf(Count); i++)
        {
            var start = i * IntegerColumn.Block;
            _frames[i] = BlockFrame.Of(_numbers.AsSpan(start, Math.Min(IntegerColumn.Block, Count - start)));
            Bits += _frames[i].Bits;
            if (i == 0) Bits += 8L * ByteWriter.SizeOfSigned(_frames[0].Base);
        }
    }
}
