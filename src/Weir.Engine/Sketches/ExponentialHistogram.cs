namespace Weir.Engine.Sketches;

/// <summary>
/// An exponential histogram of OpenTelemetry (https://opentelemetry.io/docs/specs/otel/metrics/data-model/#exponentialhistogram): bucket <c>i</c>
/// counts the values in <c>(base^i, base^(i+1)]</c> with <c>base = 2^(2^−scale)</c>.
/// </summary>
public sealed record ExponentialHistogram
{
    /// <summary>What the protocol's reference implementations keep at most of each sign.</summary>
    public const int BucketsMaxDefault = 160;

    public const int ScaleLeast = -10;

    public const int ScaleMost = 20;

    /// <summary>How finely: each step halves the width of the buckets. −10 to 20.</summary>
    public required int Scale { get; init; }

    public double Sum { get; init; }

    /// <summary>Values nearer to zero than <see cref="ZeroThreshold"/>, or equal to it.</summary>
    public long ZeroCount { get; init; }

    public double ZeroThreshold { get; init; }

    /// <summary>Index of the first of <see cref="Positive"/>.</summary>
    public int PositiveOffset { get; init; }

    public IReadOnlyList<long> Positive { get; init; } = [];

    /// <summary>Index of the first of <see cref="Negative"/>, by magnitude.</summary>
    public int NegativeOffset { get; init; }

    public IReadOnlyList<long> Negative { get; init; } = [];

    /// <summary>The smallest value, where the sender tells it.</summary>
    public double? Min { get; init; }

    /// <summary>The largest value, where the sender tells it.</summary>
    public double? Max { get; init; }

    /// <summary>All values counted.</summary>
    public long Count => Positive.Sum() + Negative.Sum() + ZeroCount;

    /// <summary>How far a value may lie from the middle of its bucket, in parts of the value: <c>(base − 1)/(base + 1)</c>.</summary>
    public double RelativeError => ErrorAt(Scale);

    /// <exception cref="ArgumentException">It contradicts itself; the message says where.</exception>
    internal void Validate(string argument)
    {
        if (Scale is < ScaleLeast or > ScaleMost) throw new ArgumentException($"A scale of {Scale} was given; allowed is {ScaleLeast} to {ScaleMost}.", argument);
        if (double.IsNaN(Sum)) throw new ArgumentException("The sum is NaN; allowed is any number.", argument);
        var total = (Int128)ZeroCount;
        if (ZeroCount < 0) throw new ArgumentException($"The count of the zero bucket is {ZeroCount}; allowed is 0 or more.", argument);
        foreach (var (counts, offset) in ((IReadOnlyList<long>, int)[])[(Positive, PositiveOffset), (Negative, NegativeOffset)])
        {
            for (var i = 0; i < counts.Count; i++)
            {
                if (counts[i] < 0) throw new ArgumentException($"The count of bucket {offset + (long)i} is {counts[i]}; allowed is 0 or more.", argument);
                total += counts[i];
            }
        }
        if (total > long.MaxValue / 2) throw new ArgumentException($"The counts sum up to {total}; allowed is 2^62.", argument);
    }

    internal static double ErrorAt(int scale)
    {
        // tanh(ln(base)/2), which does not cancel where the base is near 1.
        return Math.Tanh(Math.ScaleB(Math.Log(2), -scale) / 2);
    }

    /// <summary>The bucket that holds a positive value; a value within some 1e-15 of a bound may come to the neighbour.</summary>
    internal static int IndexOf(double value, int scale) => (int)Math.Ceiling(Math.ScaleB(Math.Log2(value), scale)) - 1;

    /// <summary>The value from which both ends of a bucket are equally far off, in parts of themselves; within the normal doubles.</summary>
    internal static double MiddleOf(long index, int scale)
    {
        var low = Math.ScaleB(index, -scale);
        // 2·low·high/(low + high), in logarithms so that neither bound can overflow.
        var exponent = low + Math.Log2(1 + ErrorAt(scale));
        return Math.Clamp(Math.Pow(2, exponent), LogLinear.LowerBound(1, 0), double.MaxValue);
    }
}
