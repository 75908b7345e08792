using System.Numerics;
using Weir.Engine.Windows.States;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Windows.States;

/// <summary>Against integers of any length: every double is a whole number of the smallest denormal.</summary>
public sealed class ExactSumTests
{
    [Fact]
    public void Sum_in_any_order_with_additions_taken_back_is_exact() => Property.Holds(300, random =>
    {
        var (sum, squares) = (new ExactSum(), new ExactSum());
        var (expected, expectedSquares) = (BigInteger.Zero, BigInteger.Zero);
        var held = new List<double>();
        for (var i = 0; i < 200; i++)
        {
            if (held.Count > 0 && random.Next(3) == 0)
            {
                var at = random.Next(held.Count);
                sum.Subtract(held[at]);
                expected -= Integer(held[at]);
                held.RemoveAt(at);
            }
            else
            {
                var value = Value(random);
                held.Add(value);
                sum.Add(value);
                squares.AddSquare(value);
                expected += Integer(value);
                expectedSquares += Integer(value) * Integer(value);
            }
            Assert.Equal(expected, Integer(sum));
            AssertNearest(expected, sum.ToDouble());
            Assert.Equal(expected, Integer(sum));
        }
        Assert.Equal(expectedSquares, Integer(squares));
        foreach (var value in held) sum.Subtract(value);
        Assert.Equal(0, sum.ToDouble());
    });

    [Fact]
    public void Sums_of_sums_are_exact() => Property.Holds(200, random =>
    {
        var (total, expected) = (new ExactSum(), BigInteger.Zero);
        var parts = Enumerable.Range(0, 12).Select(_ => new ExactSum()).ToArray();
        foreach (var part in parts)
        {
            for (var i = random.Next(20); i > 0; i--)
            {
                var value = Value(random);
                part.Add(value);
                expected += Integer(value);
            }
            total.Add(part);
            if (random.Next(2) == 0) AssertNearest(expected, total.ToDouble());
        }
        foreach (var part in parts) total.Subtract(part);
        Assert.Equal(BigInteger.Zero, Integer(total));
        Assert.Equal(0, total.ToDouble());
    });

    [Fact]
    public void Carries_are_taken_over_in_time()
    {
        // 2^31 additions would overflow a word that never hands its carry on; merging doubles them quickly.
        var sum = new ExactSum();
        sum.Add(double.BitDecrement(1));
        var expected = Integer(double.BitDecrement(1));
        for (var i = 0; i < 80; i++)
        {
            sum.Add(sum);
            expected *= 2;
            Assert.Equal(expected, Integer(sum));
        }
    }

    [Theory]
    [InlineData(1e308, 1e308, double.PositiveInfinity)]
    [InlineData(-1e308, -1e308, double.NegativeInfinity)]
    [InlineData(1e308, -1e308, 0)]
    [InlineData(double.MaxValue, 1e291, double.MaxValue)]
    [InlineData(9007199254740992, 1, 9007199254740992)]
    [InlineData(9007199254740994, 1, 9007199254740996)]
    [InlineData(double.Epsilon, double.Epsilon, 2 * double.Epsilon)]
    public void Sum_is_rounded_once_ties_to_even(double a, double b, double expected)
    {
        var sum = new ExactSum();
        sum.Add(a);
        sum.Add(b);
        Assert.Equal(expected, sum.ToDouble());
    }

    internal static BigInteger Integer(ExactSum sum)
    {
        var integer = BigInteger.Zero;
        var words = sum.Words;
        for (var i = words.Length - 1; i >= 0; i--) integer = (integer << 32) + words[i];
        return integer << (32 * sum.Low);
    }

    internal static double Value(Random random) => random.Next(6) switch
    {
        0 => BitConverter.Int64BitsToDouble(random.NextInt64()) is var any && double.IsFinite(any) ? any : -0.0,
        1 => -random.NextDouble() * double.Epsilon * 1e6,
        2 => random.Next(-5, 5),
        3 => Math.ScaleB(random.Next(-3, 3), random.Next(-1074, 1000)),
        _ => (random.NextDouble() - 0.5) * 1000,
    };

    internal static BigInteger Integer(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)(bits >> 52) & 0x7FF;
        BigInteger mantissa = (bits & (1L << 52) - 1) | (exponent == 0 ? 0 : 1L << 52);
        return (bits < 0 ? -mantissa : mantissa) << Math.Max(0, exponent - 1);
    }

    /// <summary>No neighbour is nearer, and of two as near the even one is taken.</summary>
    private static void AssertNearest(BigInteger expected, double actual)
    {
        if (double.IsInfinity(actual))
        {
            Assert.True(BigInteger.Abs(expected) >= (Integer(double.MaxValue) + (BigInteger.One << (1023 - 53 + 1074))));
            return;
        }
        var error = BigInteger.Abs(expected - Integer(actual));
        foreach (var neighbour in new[] { double.BitDecrement(actual), double.BitIncrement(actual) })
        {
            if (!double.IsFinite(neighbour)) continue;
            var other = BigInteger.Abs(expected - Integer(neighbour));
            Assert.True(error < other || (error == other && (BitConverter.DoubleToInt64Bits(actual) & 1) == 0), $"{actual:R} is not the nearest");
        }
    }
}
