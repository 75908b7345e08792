using System.Text;

namespace Weir.Connectors.Machine;

/// <summary>Bytes ever received and transmitted by one network interface.</summary>
internal readonly record struct NetworkTotals(string Interface, ulong Received, ulong Transmitted);

/// <summary>One reading of <c>/proc/net/dev</c>: the interfaces that ever carried a byte, the loopback <c>lo</c> among them.</summary>
internal static class NetworkStatistics
{
    public static void Parse(ReadOnlySpan<byte> text, List<NetworkTotals> into)
    {
        into.Clear();
        var lines = new FieldReader(text);
        while (lines.TryReadLine(out var line))
        {
            // "  eth0: 753318991 18528 …": wide numbers may follow the colon without a blank; an alias such as eth0:1 has a colon of its own.
            var colon = line.LastIndexOf((byte)':');
            if (colon <= 0) continue;
            var fields = new FieldReader(line[(colon + 1)..]);
            if (!fields.TryReadNumber(out ulong received)) continue;
            fields.SkipFields(7);
            if (!fields.TryReadNumber(out ulong transmitted)) continue;
            if (received == 0 && transmitted == 0) continue;
            into.Add(new NetworkTotals(Encoding.UTF8.GetString(line[..colon].Trim((byte)' ')), received, transmitted));
        }
    }
}
