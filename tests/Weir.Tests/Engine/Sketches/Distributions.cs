namespace Weir.Tests.Engine.Sketches;

/// <summary>Kinds of numbers that sketches meet.</summary>
internal static class Distributions
{
    public static readonly Dictionary<string, Func<Random, int, double[]>> All = new()
    {
        ["uniform"] = Of(r => r.NextDouble()),
        ["uniform with negatives"] = Of(r => 200 * r.NextDouble() - 100),
        ["normal"] = Of(r => 100 + 15 * Normal(r)),
        ["normal around zero"] = Of(Normal),
        ["lognormal"] = Of(r => Math.Exp(Normal(r))),
        ["exponential"] = Of(r => -Math.Log(1 - r.NextDouble())),
        ["Pareto"] = Of(r => Math.Pow(1 - r.NextDouble(), -2)),
        ["bimodal"] = Of(r => r.Next(10) < 7 ? 5 + Normal(r) : 5000 + 300 * Normal(r)),
        ["constant"] = (r, n) => [.. Enumerable.Repeat(Math.Exp(20 * Normal(r)), n)],
        ["integers"] = Of(r => r.Next(-20, 1000)),
        ["powers of two"] = Of(r => Math.ScaleB(r.Next(2) == 0 ? 1 : -1, r.Next(-30, 30))),
        ["bucket edges"] = Of(r => Math.BitIncrement(Math.ScaleB(r.Next(1 << 14, 1 << 15), -14)) - (r.Next(2) == 0 ? 0 : Math.ScaleB(1, -52))),
        ["any double"] = Of(r => BitConverter.Int64BitsToDouble(r.NextInt64(long.MinValue, long.MaxValue)) is var x && double.IsFinite(x) ? x : 0),
        ["subnormals and zeros"] = Of(r => BitConverter.Int64BitsToDouble(r.NextInt64(0, 1L << r.Next(1, 54))) * (r.Next(2) == 0 ? 1 : -1)),
        ["the largest"] = Of(r => double.MaxValue / r.Next(1, 1000)),
        ["latencies"] = Of(r => r.Next(100) switch { 0 => 200 + 50 * r.NextDouble(), < 4 => 30 * Math.Exp(0.8 * Normal(r)), _ => Math.Round(2 * Math.Exp(0.3 * Normal(r)), 2) }),
    };

    public static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static Func<Random, int, double[]> Of(Func<Random, double> draw) => (random, count) =>
    {
        var values = new double[count];
        for (var i = 0; i < count; i++) values[i] = draw(random);
        return values;
    };
}
