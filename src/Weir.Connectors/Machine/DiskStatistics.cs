using System.Text;

namespace Weir.Connectors.Machine;

/// <summary>Bytes ever read from and written to one block device.</summary>
internal readonly record struct DiskTotals(string Device, ulong Read, ulong Written);

/// <summary>One reading of <c>/proc/diskstats</c>: whole devices that ever did I/O, without partitions, loop devices and RAM disks.</summary>
internal static class DiskStatistics
{
    /// <summary>A sector is 512 bytes here whatever the device's own are (Documentation/block/stat.rst of the kernel).</summary>
    private const ulong SectorBytes = 512;

    public static void Parse(ReadOnlySpan<byte> text, List<DiskTotals> into)
    {
        into.Clear();
        var lines = new FieldReader(text);
        while (lines.TryReadLine(out var line))
        {
            var fields = new FieldReader(line);
            fields.SkipFields(2);
            var device = fields.ReadField();
            // reads, reads merged, sectors read, milliseconds; then the same of writes.
            if (device.IsEmpty || device.StartsWith("loop"u8) || device.StartsWith("ram"u8) || device.StartsWith("zram"u8)) continue;
            fields.SkipFields(2);
            if (!fields.TryReadNumber(out ulong read)) continue;
            fields.SkipFields(3);
            if (!fields.TryReadNumber(out ulong written)) continue;
            if (read == 0 && written == 0) continue;
            into.Add(new DiskTotals(Encoding.UTF8.GetString(device), read * SectorBytes, written * SectorBytes));
        }
        into.RemoveAll(disk => into.Exists(other => IsPartition(disk.Device, other.Device)));
    }

    /// <summary>
    /// Whether a device is a partition of another: its name is the other's and a number, with a <c>p</c> between where the other's name ends in
    /// a digit (<c>sda1</c>, <c>nvme0n1p2</c>). That is how the kernel names partitions, and why <c>dm-10</c> is none of <c>dm-1</c>.
    /// </summary>
    private static bool IsPartition(string device, string whole)
    {
        if (device.Length <= whole.Length || !device.StartsWith(whole, StringComparison.Ordinal)) return false;
        var number = device.AsSpan(whole.Length);
        if (char.IsAsciiDigit(whole[^1]))
        {
            if (number[0] != 'p') return false;
            number = number[1..];
        }
        return number.Length > 0 && !number.ContainsAnyExceptInRange('0', '9');
    }
}
