namespace Weir.Connectors.Machine;

/// <summary>
/// What one processor, or all of them, did since the machine started: clock ticks (<c>USER_HZ</c>, a hundredth of a second on Linux), as
/// <c>/proc/stat</c> gives them (proc_stat(5)). Kernels before 2.6.11 give fewer fields; those are zero.
/// </summary>
/// <remarks>The kernel counts the time of guests within user and nice; it is not added again here, and neither does vmstat.</remarks>
internal readonly record struct ProcessorTimes(
    ulong User, ulong Nice, ulong System, ulong Idle, ulong IoWait, ulong HardInterrupts, ulong SoftInterrupts, ulong Steal)
{
    /// <summary>Reads the fields after <c>cpu</c> or <c>cpu0</c>. False when there are not even the four that every kernel gives.</summary>
    public static bool TryParse(ReadOnlySpan<byte> fields, out ProcessorTimes times)
    {
        var reader = new FieldReader(fields);
        Span<ulong> values = stackalloc ulong[8];
        var count = 0;
        while (count < values.Length && reader.TryReadNumber(out values[count])) count++;
        // A field that is there and is no number makes the line suspect as a whole.
        var isWhole = count == values.Length || reader.Rest.Trim((byte)' ').IsEmpty;
        times = new(values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7]);
        return count >= 4 && isWhole;
    }
}
