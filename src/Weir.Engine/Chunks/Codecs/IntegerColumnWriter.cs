using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Weir.Engine.Chunks.Codecs;

/// <summary>Writes integer columns as planned. One per writing thread.</summary>
internal sealed class IntegerColumnWriter(VectorWidth vectors)
{
    private readonly long[] _packed = new long[IntegerColumn.Block];
    private readonly long[] _positions = new long[Chunk.PointsMax];
    private readonly long[] _patches = new long[Chunk.PointsMax];
    private readonly IntegerColumnPlan _plan = new(vectors);
    private int _patchCount;

    /// <summary>Writes numbers in the shape that takes about the fewest bytes.</summary>
    public void Write(ReadOnlySpan<long> numbers, ByteWriter to)
    {
        _plan.Choose(numbers);
        Write(_plan, to);
    }

    /// <summary>Writes the numbers that a plan was chosen for.</summary>
    public void Write(IntegerColumnPlan plan, ByteWriter to)
    {
        plan.Frame();
        to.WriteByte((byte)plan.Shape);
        to.WriteSigned(plan.Anchor);
        if (plan.Shape != IntegerShape.Line) to.WriteNumber(plan.Unit);
        to.WriteSigned(plan.First);
        if (plan.Shape == IntegerShape.Line) return;
        if (plan.Shape == IntegerShape.DeltasOfDeltas) to.WriteSigned(plan.Second);
        WriteBlocks(plan, to);
    }

    private void WriteBlocks(IntegerColumnPlan plan, ByteWriter to)
    {
        var frames = plan.Frames;
        var (lowest, highest) = (frames[0].Base, frames[0].Base);
        foreach (var frame in frames) (lowest, highest) = (Math.Min(lowest, frame.Base), Math.Max(highest, frame.Base));
        var width = BitPacking.WidthOf((ulong)(highest - lowest));
        for (var i = 0; i < frames.Length; i++) _packed[i] = frames[i].Base;
        to.WriteSigned(lowest);
        to.WriteByte(width);
        to.WritePacked(_packed.AsSpan(0, frames.Length), lowest, width, vectors);
        foreach (var frame in frames) to.WriteByte(frame.Width);
        _patchCount = 0;
        for (var i = 0; i < frames.Length; i++)
        {
            var start = i * IntegerColumn.Block;
            var block = plan.Numbers[start..Math.Min(plan.Count, start + IntegerColumn.Block)];
            if (frames[i].Patches > 0) block = TakePatches(block, start, frames[i]);
            to.WritePacked(block, frames[i].Base, frames[i].Width, vectors);
        }
        WritePatches(plan, to);
    }

    /// <summary>Notes the numbers outside of a frame and gives a copy of the block with its base in their places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ReadOnlySpan<long> TakePatches(ReadOnlySpan<long> block, int start, BlockFrame frame)
    {
        var packed = _packed.AsSpan(0, block.Length);
        var i = 0;
        block.CopyTo(packed);
        if (vectors != VectorWidth.Scalar)
        {
            var bases = Vector512.Create(frame.Base);
            foreach (ref readonly var lanes in MemoryMarshal.Cast<long, Vector512<long>>(block))
            {
                var inside = Vector512.Equals((lanes - bases) >>> frame.Width, Vector512<long>.Zero);
                for (var outside = (byte)~inside.ExtractMostSignificantBits(); outside != 0; outside &= (byte)(outside - 1)) TakePatch(packed, i + byte.TrailingZeroCount(outside), start, frame);
                i += Vector512<long>.Count;
            }
        }
        for (; i < block.Length; i++)
        {
            if (!frame.Holds(block[i])) TakePatch(packed, i, start, frame);
        }
        return packed;
    }

    private void TakePatch(Span<long> packed, int i, int start, BlockFrame frame)
    {
        _positions[_patchCount] = start + i;
        _patches[_patchCount++] = (long)ZigZag.Encode(packed[i] - frame.Base);
        packed[i] = frame.Base;
    }

    private void WritePatches(IntegerColumnPlan plan, ByteWriter to)
    {
        to.WriteNumber((ulong)_patchCount);
        if (_patchCount == 0) return;
        var all = 0UL;
        foreach (var patch in _patches.AsSpan(0, _patchCount)) all |= (ulong)patch;
        var width = BitPacking.WidthOf(all);
        to.WriteByte(width);
        to.WritePacked(_positions.AsSpan(0, _patchCount), 0, IntegerColumn.PositionWidth(plan.Count), vectors);
        to.WritePacked(_patches.AsSpan(0, _patchCount), 0, width, vectors);
    }
}
