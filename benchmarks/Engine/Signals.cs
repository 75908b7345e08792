namespace Weir.Bench.Engine;

/// <summary>Kinds of points that areas measure with: what suits one way of keeping or reading them may not suit another.</summary>
internal static class Signals
{
    public static readonly string[] Names = ["regular gauge", "random walk", "bursty integers"];

    /// <summary>Values of one kind, the same in every run.</summary>
    public static double[] Values(string name, int count)
    {
        var random = new Random(7);
        var (values, level, burst) = (new double[count], 50.0, 0);
        for (var i = 0; i < count; i++)
        {
            switch (name)
            {
                case "regular gauge":
                    // Two decimals, as a sensor or a percentage has.
                    level = Math.Clamp(level + random.Next(-30, 31) * 0.01, 0, 100);
                    values[i] = Math.Round(level, 2);
                    break;
                case "random walk":
                    values[i] = level += random.NextDouble() - 0.5;
                    break;
                default:
                    if (burst == 0 && random.Next(500) == 0) burst = random.Next(20, 200);
                    values[i] = burst > 0 ? random.Next(1000, 100_000) : random.Next(4);
                    burst = Math.Max(0, burst - 1);
                    break;
            }
        }
        return values;
    }

    /// <summary>Times a millisecond apart that end at <paramref name="end"/>.</summary>
    public static long[] Times(int count, long end)
    {
        var times = new long[count];
        for (var i = 0; i < count; i++) times[i] = end - (count - 1L - i) * 1_000_000;
        return times;
    }
}
