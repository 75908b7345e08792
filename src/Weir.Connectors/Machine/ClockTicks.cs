using System.Runtime.InteropServices;

namespace Weir.Connectors.Machine;

/// <summary>How many clock ticks the kernel counts a second (<c>USER_HZ</c>), as it tells every process in its auxiliary vector (getauxval(3)).</summary>
internal static class ClockTicks
{
    private const nuint ClockTickEntry = 17;

    /// <summary>100, as on every Linux that .NET runs on, unless the vector says otherwise.</summary>
    public static double PerSecond(string procPath)
    {
        var buffer = new byte[1024];
        try
        {
            using var handle = ProcFile.Open(Path.Combine(procPath, "self/auxv"));
            return Parse(ProcFile.ReadAll(handle, ref buffer));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 100;
        }
    }

    public static double Parse(ReadOnlySpan<byte> vector)
    {
        // Pairs of machine words: what, and its value.
        var words = MemoryMarshal.Cast<byte, nuint>(vector);
        for (var i = 0; i + 1 < words.Length; i += 2)
        {
            if (words[i] == ClockTickEntry && words[i + 1] is >= 1 and <= 100_000) return words[i + 1];
        }
        return 100;
    }
}
