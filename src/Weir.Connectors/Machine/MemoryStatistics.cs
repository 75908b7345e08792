namespace Weir.Connectors.Machine;

/// <summary>
/// One reading of <c>/proc/meminfo</c>, in bytes, by the definitions of free(1) in procps 4: cached includes reclaimable slabs, used is total
/// less available. Fields that the kernel does not give are null.
/// </summary>
internal readonly record struct MemoryStatistics
{
    public ulong? Total { get; private init; }

    public ulong? Free { get; private init; }

    /// <summary>What programs could get without swapping, as the kernel estimates it; kernels before 3.14 do not.</summary>
    public ulong? Available { get; private init; }

    public ulong? Buffers { get; private init; }

    public ulong? Cached { get; private init; }

    public ulong? SwapUsed { get; private init; }

    /// <summary>Total less available; where the kernel does not say what is available, total less free, buffers and cached.</summary>
    public ulong? Used => Less(Total, Available ?? Free + Buffers + Cached);

    public static MemoryStatistics Parse(ReadOnlySpan<byte> text)
    {
        ulong? total = null, free = null, available = null, buffers = null, cached = null, reclaimable = null, swapTotal = null, swapFree = null;
        var lines = new FieldReader(text);
        while (lines.TryReadLine(out var line))
        {
            var fields = new FieldReader(line);
            var name = fields.ReadField();
            // "MemTotal:       24684096 kB": kilobytes of 1,024 bytes, whatever the unit says.
            if (name.Length < 2 || !fields.TryReadNumber(out ulong kilobytes)) continue;
            var bytes = kilobytes * 1024;
            name = name[..^1];
            if (name.SequenceEqual("MemTotal"u8)) total = bytes;
            else if (name.SequenceEqual("MemFree"u8)) free = bytes;
            else if (name.SequenceEqual("MemAvailable"u8)) available = bytes;
            else if (name.SequenceEqual("Buffers"u8)) buffers = bytes;
            else if (name.SequenceEqual("Cached"u8)) cached = bytes;
            else if (name.SequenceEqual("SReclaimable"u8)) reclaimable = bytes;
            else if (name.SequenceEqual("SwapTotal"u8)) swapTotal = bytes;
            else if (name.SequenceEqual("SwapFree"u8)) swapFree = bytes;
        }
        return new MemoryStatistics
        {
            Total = total,
            Free = free,
            Available = available,
            Buffers = buffers,
            Cached = cached + (reclaimable ?? 0),
            SwapUsed = Less(swapTotal, swapFree),
        };
    }

    private static ulong? Less(ulong? whole, ulong? part) => part > whole ? 0 : whole - part;
}
