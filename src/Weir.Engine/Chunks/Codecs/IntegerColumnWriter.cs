using System.Runtime.InteropServices;

namespace Weir.Engine.Chunks.Codecs;

/// <summary>Writes integer columns in the shape that takes the fewest bytes. One per writing thread.</summary>
internal sealed class IntegerColumnWriter
{
    private const int SavingOneIn = 100;

    private readonly long[] _units = new long[Chunk.PointsMax];
    private readonly long[] _packed = new long[IntegerColumn.Block];
    private readonly List<long> _positions = [];
    private readonly List<long> _patches = [];
    private IntegerColumnPlan _best = new();
    private IntegerColumnPlan _other = new();

    public void Write(ReadOnlySpan<long> numbers, ByteWriter to)
    {
        if (IsLine(numbers, out var step))
        {
            to.WriteByte((byte)IntegerShape.Line);
            to.WriteSigned(numbers[0]);
            to.WriteSigned(step);
            return;
        }
        var anchor = ToUnits(numbers, out var unit);
        Plan(_units.AsSpan(0, numbers.Length));
        to.WriteByte((byte)_best.Shape);
        to.WriteSigned(anchor);
        to.WriteNumber(unit);
        to.WriteSigned(_best.First);
        if (_best.Shape == IntegerShape.DeltasOfDeltas) to.WriteSigned(_best.Second);
        WriteBlocks(to);
    }

    private static bool IsLine(ReadOnlySpan<long> numbers, out long step)
    {
        step = numbers.Length == 1 ? 0 : numbers[1] - numbers[0];
        for (var i = 2; i < numbers.Length; i++)
        {
            if (numbers[i] - numbers[i - 1] != step) return false;
        }
        return true;
    }

    /// <summary>
    /// Numbers as multiples of the greatest unit that divides their distances from the smallest: nanoseconds of a millisecond clock become
    /// milliseconds, bytes of pages become pages. Returns the smallest.
    /// </summary>
    private long ToUnits(ReadOnlySpan<long> numbers, out ulong unit)
    {
        var anchor = long.MaxValue;
        foreach (var number in numbers) anchor = Math.Min(anchor, number);
        unit = 0;
        foreach (var number in numbers)
        {
            unit = GreatestCommonDivisor((ulong)(number - anchor), unit);
            if (unit == 1) break;
        }
        for (var i = 0; i < numbers.Length; i++)
        {
            var distance = (ulong)(numbers[i] - anchor);
            _units[i] = (long)(unit == 1 ? distance : distance / unit);
        }
        return anchor;
    }

    private static ulong GreatestCommonDivisor(ulong a, ulong b)
    {
        if (b == 0) return a;
        while (a != 0) (a, b) = (b % a, a);
        return b;
    }

    private void Plan(ReadOnlySpan<long> units)
    {
        _best.TakeDistances(units, slope: 0);
        _other.TakeDeltas(units);
        KeepBetter();
        var slope = (long)Math.Round((double)(units[^1] - units[0]) / (units.Length - 1));
        if (slope != 0)
        {
            _other.TakeDistances(units, slope);
            KeepBetter();
        }
        if (units.Length <= 2) return;
        _other.TakeDeltasOfDeltas(units);
        KeepBetter();
    }

    /// <summary>The plainer shapes come first and decode faster, so a later one has to save something.</summary>
    private void KeepBetter()
    {
        if (_other.Bits + _other.Bits / SavingOneIn < _best.Bits) (_best, _other) = (_other, _best);
    }

    private void WriteBlocks(ByteWriter to)
    {
        var frames = _best.Frames;
        var (lowest, highest) = (frames[0].Base, frames[0].Base);
        foreach (var frame in frames) (lowest, highest) = (Math.Min(lowest, frame.Base), Math.Max(highest, frame.Base));
        var width = BitPacking.WidthOf((ulong)(highest - lowest));
        for (var i = 0; i < frames.Length; i++) _packed[i] = frames[i].Base - lowest;
        to.WriteSigned(lowest);
        to.WriteByte(width);
        to.WritePacked(_packed.AsSpan(0, frames.Length), width);
        foreach (var frame in frames) to.WriteByte(frame.Width);
        _positions.Clear();
        _patches.Clear();
        for (var i = 0; i < frames.Length; i++) WriteBlock(i * IntegerColumn.Block, frames[i], to);
        WritePatches(to);
    }

    private void WriteBlock(int start, BlockFrame frame, ByteWriter to)
    {
        var block = _best.Numbers[start..Math.Min(_best.Count, start + IntegerColumn.Block)];
        for (var i = 0; i < block.Length; i++)
        {
            _packed[i] = block[i] - frame.Base;
            if (frame.Holds(block[i])) continue;
            _positions.Add(start + i);
            _patches.Add((long)ZigZag.Encode(_packed[i]));
            _packed[i] = 0;
        }
        to.WritePacked(_packed.AsSpan(0, block.Length), frame.Width);
    }

    private void WritePatches(ByteWriter to)
    {
        to.WriteNumber((ulong)_positions.Count);
        if (_positions.Count == 0) return;
        var all = 0UL;
        foreach (var patch in _patches) all |= (ulong)patch;
        var width = BitPacking.WidthOf(all);
        to.WriteByte(width);
        to.WritePacked(CollectionsMarshal.AsSpan(_positions), IntegerColumn.PositionWidth(_best.Count));
        to.WritePacked(CollectionsMarshal.AsSpan(_patches), width);
    }
}
