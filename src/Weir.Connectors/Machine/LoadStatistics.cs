namespace Weir.Connectors.Machine;

/// <summary>
/// One reading of <c>/proc/loadavg</c>: processes running or in uninterruptible sleep, averaged over 1, 5 and 15 minutes, and the number of
/// threads on the machine.
/// </summary>
internal readonly record struct LoadStatistics(double OneMinute, double FiveMinutes, double FifteenMinutes, ulong? Threads)
{
    public static LoadStatistics? Parse(ReadOnlySpan<byte> text)
    {
        new FieldReader(text).TryReadLine(out var line);
        var fields = new FieldReader(line);
        if (!fields.TryReadNumber(out double one) || !fields.TryReadNumber(out double five) || !fields.TryReadNumber(out double fifteen)) return null;
        // "3/129": running and existing threads.
        var threads = fields.ReadField();
        var existing = new FieldReader(threads[(threads.IndexOf((byte)'/') + 1)..]);
        return new LoadStatistics(one, five, fifteen, existing.TryReadNumber(out ulong count) ? count : null);
    }
}
