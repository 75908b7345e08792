namespace Weir.Engine.Chunks.Codecs;

/// <summary>How a column is to be written: its shape, the numbers to pack and the frames of their blocks. Made to be used again and again.</summary>
internal sealed class IntegerColumnPlan(VectorWidth vectors)
{
    private const int Block = IntegerColumn.Block;

    /// <summary>The plainer shapes come first and decode faster, so a later one has to save one bit of so many.</summary>
    private const int SavingOneIn = 100;

    /// <summary>Shapes are compared in so many blocks, spread over the column.</summary>
    private const int BlocksCompared = 4;

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

    /// <summary>What the column takes, about, from the blocks that were compared.</summary>
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
            (Shape, Anchor, First) = (IntegerShape.Line, numbers[0], step);
            Bits = 8L * (1 + ByteWriter.SizeOfSigned(Anchor) + ByteWriter.SizeOfSigned(First));
            return;
        }
        var units = _units.AsSpan(0, Count);
        Anchor = NumberRange.Of(numbers, vectors).Min;
        Differences.Distances(numbers, units, Anchor, vectors);
        Unit = CommonUnit.Divide(units, vectors);

        Bits = long.MaxValue;
        Compare(IntegerShape.Distances, 0);
        Compare(IntegerShape.Deltas, 2 * units[0] - units[1]);
        var slope = (long)Math.Round((double)(units[^1] - units[0]) / (Count - 1));
        if (slope != 0) Compare(IntegerShape.Distances, slope);
        var second = units[2] - 2 * units[1] + units[0];
        Compare(IntegerShape.DeltasOfDeltas, 2 * units[0] - units[1] + second, units[1] - units[0] - 2 * second);
        Bits += 8L * (1 + ByteWriter.SizeOfSigned(Anchor) + ByteWriter.SizeOf(Unit) + 2 + IntegerColumn.BlocksOf(Count));
    }

    /// <summary>Makes numbers and frames of all blocks.</summary>
    public void Frame()
    {
        if (Shape == IntegerShape.Line) return;
        Fill(Shape, First, 0, Count);
        for (var start = 0; start < Count; start += Block) _frames[start / Block] = FrameAt(start);
    }

    /// <summary>Takes a shape if it is better than the best so far.</summary>
    private void Compare(IntegerShape shape, long first, long second = 0)
    {
        var bits = BitsOf(shape, first) + 8L * (ByteWriter.SizeOfSigned(first) + (shape == IntegerShape.DeltasOfDeltas ? ByteWriter.SizeOfSigned(second) : 0));
        if (bits + bits / SavingOneIn < Bits) (Shape, First, Second, Bits) = (shape, first, second, bits);
    }

    /// <summary>What the blocks of a shape take, about, with the base that they count from.</summary>
    private long BitsOf(IntegerShape shape, long slope)
    {
        var (blocks, bits, points, lowest) = (IntegerColumn.BlocksOf(Count), 0L, 0, long.MaxValue);
        var compared = Math.Min(blocks, BlocksCompared);
        for (var i = 0; i < compared; i++)
        {
            // From the middle of each of so many parts.
            var start = (2 * i + 1) * blocks / (2 * compared) * Block;
            var end = Math.Min(Count, start + Block);
            Fill(shape, slope, start, end);
            var frame = FrameAt(start);
            bits += frame.Bits;
            points += end - start;
            lowest = Math.Min(lowest, frame.Base);
            // It cannot become the best any more.
            if (bits > Bits / blocks * compared) return bits * blocks;
        }
        return bits * Count / points + 8L * ByteWriter.SizeOfSigned(lowest);
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
