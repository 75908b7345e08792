namespace Weir.Engine.Chunks.Codecs;

/// <summary>How a column is to be written: its shape, the numbers to pack and the frames of their blocks. Made to be used again and again.</summary>
internal sealed class IntegerColumnPlan(VectorWidth vectors)
{
    private const int Block = IntegerColumn.Block;

    /// <summary>The plainer shapes come first and decode faster, so a later one has to save one bit of so many.</summary>
    private const int SavingOneIn = 100;

    /// <summary>Shapes are compared in so many blocks, spread over the column.</summary>
    private const int BlocksCompared = 3;

    private readonly long[] _units = new long[Chunk.PointsMax];
    private readonly long[] _numbers = new long[Chunk.PointsMax];
    private readonly BlockFrame[] _frames = new BlockFrame[Chunk.PointsMax / Block];

    public IntegerShape Shape { get; private set; }

    /// <summary>The smallest number; of a line the first.</summary>
    public long Anchor { get; private set; }

    public ulong Unit { get; private set; }

    /// <summary>Slope of a line; or what a running sum begins with.</summary>
    public long First { get; private set; }

    /// <summary>What the inner of two running sums begins with.</summary>
    public long Second { get; private set; }

    public int Count { get; private set; }

    /// <summary>What all blocks take, about, from those that were compared.</summary>
    public long Bits { get; private set; }

    public ReadOnlySpan<long> Numbers => _numbers.AsSpan(0, Count);

    public ReadOnlySpan<BlockFrame> Frames => _frames.AsSpan(0, IntegerColumn.BlocksOf(Count));

    /// <summary>Chooses a shape; <see cref="Frame"/> follows where the column is to be written.</summary>
    public void Choose(ReadOnlySpan<long> numbers)
    {
        Count = numbers.Length;
        var step = Count == 1 ? 0 : numbers[1] - numbers[0];
        if (Differences.AreAll(numbers, step, vectors))
        {
            (Shape, Anchor, First, Bits) = (IntegerShape.Line, numbers[0], step, 0);
            return;
        }
        var units = _units.AsSpan(0, Count);
        Anchor = NumberRange.Of(numbers, vectors).Min;
        Differences.Distances(numbers, units, Anchor, vectors);
        Unit = CommonUnit.Divide(units, vectors);

        (Shape, First, Bits) = (IntegerShape.Distances, 0, BitsOf(IntegerShape.Distances, 0));
        Compare(IntegerShape.Deltas, 0);
        var slope = (long)Math.Round((double)(units[^1] - units[0]) / (Count - 1));
        if (slope != 0) Compare(IntegerShape.Distances, slope);
        if (Count > 2) Compare(IntegerShape.DeltasOfDeltas, 0);
    }

    /// <summary>Makes numbers and frames of all blocks.</summary>
    public void Frame()
    {
        if (Shape == IntegerShape.Line) return;
        Fill(Shape, First, 0, Count);
        for (var start = 0; start < Count; start += Block) _frames[start / Block] = FrameAt(start);
        var (units, numbers) = (_units, _numbers);
        if (Shape == IntegerShape.Deltas) First = units[0] - numbers[0];
        if (Shape != IntegerShape.DeltasOfDeltas) return;
        Second = units[1] - units[0] - 2 * numbers[0];
        First = units[0] - (Second + numbers[0]);
    }

    private void Compare(IntegerShape shape, long slope)
    {
        var bits = BitsOf(shape, slope);
        if (bits + bits / SavingOneIn < Bits) (Shape, First, Bits) = (shape, slope, bits);
    }

    /// <summary>What a shape takes, about.</summary>
    private long BitsOf(IntegerShape shape, long slope)
    {
        var (blocks, bits, points) = (IntegerColumn.BlocksOf(Count), 0L, 0);
        var compared = Math.Min(blocks, BlocksCompared);
        for (var i = 0; i < compared; i++)
        {
            // From the middle of each of so many parts.
            var start = (2 * i + 1) * blocks / (2 * compared) * Block;
            var end = Math.Min(Count, start + Block);
            Fill(shape, slope, start, end);
            bits += FrameAt(start).Bits;
            points += end - start;
        }
        return bits * Count / points;
    }

    private void Fill(IntegerShape shape, long slope, int start, int end)
    {
        var units = _units.AsSpan(0, Count);
        switch (shape)
        {
            case IntegerShape.Distances: Differences.Distances(units, _numbers, start, end, slope, vectors); break;
            case IntegerShape.Deltas: Differences.Deltas(units, _numbers, start, end, vectors); break;
            default: Differences.DeltasOfDeltas(units, _numbers, start, end, vectors); break;
        }
    }

    private BlockFrame FrameAt(int start) => BlockFrame.Of(_numbers.AsSpan(start, Math.Min(Block, Count - start)), vectors);
}
