using System.Buffers.Text;

namespace Weir.Connectors.Machine;

/// <summary>Pressure stall information, <c>/proc/pressure/*</c> (Documentation/accounting/psi.rst of the kernel; 4.20 and later).</summary>
internal static class PressureStatistics
{
    /// <summary>Percent of the last 10 seconds in which some task stalled for the resource; null when the text does not say.</summary>
    public static double? ParseSome(ReadOnlySpan<byte> text)
    {
        var lines = new FieldReader(text);
        while (lines.TryReadLine(out var line))
        {
            var fields = new FieldReader(line);
            if (!fields.ReadField().SequenceEqual("some"u8)) continue;
            var average = fields.ReadField();
            if (!average.StartsWith("avg10="u8)) return null;
            average = average["avg10="u8.Length..];
            return Utf8Parser.TryParse(average, out double percent, out var consumed) && consumed == average.Length ? percent : null;
        }
        return null;
    }
}
