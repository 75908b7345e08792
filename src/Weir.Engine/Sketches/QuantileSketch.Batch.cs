namespace Weir.Engine.Sketches;

/// <summary>Many values at once: sum and extremes, which need no bucket, run in vectors beside the counting.</summary>
public sealed partial class QuantileSketch
{
    /// <summary>Values looked at together: 4 KB, which stay in the nearest cache from one pass to the next.</summary>
    private const int BlockLength = 512;

    /// <summary>Takes many values in. Everything comes to what adding them one by one gives, bit for bit.</summary>
    public void Add(ReadOnlySpan<double> values)
    {
        while (!values.IsEmpty)
        {
            // A sum in lanes goes on where it stopped: single values lead to lane 0.
            var lane = (int)_count & (SumLanes.Lanes - 1);
            var length = Math.Min(values.Length, lane == 0 ? BlockLength : SumLanes.Lanes - lane);
            var block = values[..length];
            values = values[length..];
            if (lane != 0 || !TryAdd(block)) foreach (var value in block) Add(value);
        }
    }

    /// <summary>Adds a block that begins in lane 0; false, with nothing done, when values are not finite or counts might outgrow 32 bits.</summary>
    private bool TryAdd(ReadOnlySpan<double> block)
    {
        var lanes = _lanes;
        lanes.Add(block);
        if (!double.IsFinite(lanes.Total) || _count + block.Length >= NarrowMax) return false;
        _lanes = lanes;
        var extremes = Extremes.Of(block);
        if (extremes.Min < _min) _min = extremes.Min;
        if (extremes.Max > _max) _max = extremes.Max;
        var rest = block;
        while (true)
        {
            var counted = _positive.CountWhileInside(rest, _precision);
            if (counted == rest.Length) break;
            CountElsewhere(rest[counted], 1);
            rest = rest[(counted + 1)..];
        }
        _count += block.Length;
        return true;
    }
}
