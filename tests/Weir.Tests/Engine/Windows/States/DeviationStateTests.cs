using System.Numerics;
using Weir.Engine.Windows.States;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Windows.States;

/// <summary>Against integers of any length, bit for bit.</summary>
public sealed class DeviationStateTests
{
    [Fact]
    public void Deviation_equals_that_of_integers_whatever_is_added_merged_and_subtracted() => Property.Holds(2000, random =>
    {
        var (state, values) = (new DeviationState(), new List<double>());
        var panes = new Queue<(DeviationState State, double[] Values)>();
        var kind = random.Next(4);
        for (var step = 0; step < 12; step++)
        {
            if (panes.Count > 0 && random.Next(3) == 0)
            {
                var (oldest, gone) = panes.Dequeue();
                state.Subtract(oldest);
                values.RemoveRange(0, gone.Length);
            }
            else
            {
                var pane = new DeviationState();
                var added = Enumerable.Range(0, random.Next(6)).Select(_ => Value(random, kind)).ToArray();
                foreach (var value in added) pane.Add(value, double.NaN);
                state.Merge(pane);
                values.AddRange(added);
                panes.Enqueue((pane, added));
            }
            Assert.Equal(BitConverter.DoubleToInt64Bits(Plain(values)), BitConverter.DoubleToInt64Bits(state.Result(1)));
        }
    });

    [Fact]
    public void Reading_allocates_nothing()
    {
        var state = new DeviationState();
        for (var i = 0; i < 1000; i++) state.Add(i * 0.01, double.NaN);
        var sum = state.Result(1);
        Assert.Equal(0, Allocations.OfLeanest(() => sum += state.Result(1)));
        Assert.True(sum > 0);
    }

    /// <summary>n·Σx² − (Σx)² as one integer, of which the leading 62 or 63 bits are taken.</summary>
    private static double Plain(List<double> values)
    {
        if (values.Count == 0) return double.NaN;
        var (sum, squares) = (BigInteger.Zero, BigInteger.Zero);
        foreach (var value in values)
        {
            var integer = ExactSumTests.Integer(value);
            sum += integer;
            squares += integer * integer;
        }
        var variance = values.Count * squares - sum * sum;
        var shift = Math.Max(0, (int)variance.GetBitLength() - 62) & ~1;
        return Math.ScaleB(Math.Sqrt((double)(long)(variance >> shift)) / values.Count, shift / 2 + ExactSum.LowestExponent);
    }

    /// <summary>Anything; values alike; large values a little apart; denormals.</summary>
    private static double Value(Random random, int kind) => kind switch
    {
        0 => ExactSumTests.Value(random),
        1 => Math.Round(random.NextDouble() * 100, 2),
        2 => 1e15 + random.Next(10),
        _ => random.Next(-9, 10) * double.Epsilon,
    };
}
