namespace Weir.Bench.Engine;

/// <summary>Kinds of points that areas measure with: what suits one way of keeping or reading them may not suit another.</summary>
internal static class Signals
{
    public static readonly string[] Names = ["regular gauge", "random walk", "bursty integers"];

    /// <summary>Values of one kind, the same in every run.</summary>
    public static double[] Values(string name, int count, int seed = 7)
    {
        var next = Source(name, seed);
        var values = new double[count];
        for (var i = 0; i < count; i++) values[i] = next();
        return values;
    }

    /// <summary>The same values, one by one.</summary>
    public static Func<double> Source(string name, int seed = 7)
    {
        var random = new Random(seed);
        var (level, burst) = (50.0, 0);
        return name switch
        {
            "regular gauge" => Gauge,
            "random walk" => Walk,
            _ => Bursts,
        };

        // Two decimals, as a sensor or a percentage has.
        double Gauge() => level = Math.Round(Math.Clamp(level + random.Next(-30, 31) * 0.01, 0, 100), 2);

        double Walk() => level += random.NextDouble() - 0.5;

        double Bursts()
        {
            if (burst == 0 && random.Next(500) == 0) burst = random.Next(20, 200);
            if (burst == 0) return random.Next(4);
            burst--;
            return random.Next(1000, 100_000);
        }
    }

    /// <summary>Times a millisecond apart that end at <paramref name="end"/>.</summary>
    public static long[] Times(int count, long end)
    {
        var times = new long[count];
        for (var i = 0; i < count; i++) times[i] = end - (count - 1L - i) * 1_000_000;
        return times;
    }
}
