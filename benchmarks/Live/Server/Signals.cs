namespace Weir.Bench.Live.Server;

/// <summary>Values that both sides can make: regular, random and bursty, from 0 to 100.</summary>
internal static class Signals
{
    public static double Value(int series, long index) => (series % 3) switch
    {
        0 => 50 + 40 * Math.Sin(index * 0.0021 + series),
        1 => 100 * Random(index * 31 + series),
        _ => index / 700 % 5 == 0 ? 100 * Random(index + series) : 5 + Random(index),
    };

    /// <summary>SplitMix64 (Steele et al. 2014) of the index, from 0 to 1.</summary>
    public static double Random(long index)
    {
        var z = (ulong)index + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (z ^ (z >> 31)) * (1.0 / ulong.MaxValue);
    }
}
