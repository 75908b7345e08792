namespace Weir.Tests.Data;

/// <summary>Values that no encoding makes small: where a test needs chunks of a known, large size.</summary>
internal static class Noise
{
    /// <summary>A double in [1, 2) with 52 random bits that depend on the number alone (SplitMix64, Steele et al., 2014).</summary>
    public static double Of(long number)
    {
        var z = (ulong)number * 0x9E3779B97F4A7C15 + 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return BitConverter.UInt64BitsToDouble(0x3FF0000000000000 | ((z ^ (z >> 31)) >> 12));
    }
}
