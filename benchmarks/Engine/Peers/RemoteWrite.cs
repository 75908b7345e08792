using System.Buffers.Binary;
using System.Text;
using Weir.Engine.Series;

namespace Weir.Bench.Engine.Peers;

/// <summary>
/// Points as Prometheus takes them (https://prometheus.io/docs/concepts/remote_write_spec/): a WriteRequest of protocol buffers in a Snappy block, here all literals.
/// A gap (NaN) becomes a stale marker.
/// </summary>
internal static class RemoteWrite
{
    private const long StaleMarker = 0x7FF0_0000_0000_0002;

    public static byte[] Encode(IEnumerable<(SeriesKey Key, long[] Times, double[] Values)> series)
    {
        var request = new List<byte>();
        foreach (var (key, times, values) in series) WriteMessage(request, 1, SeriesMessage(key, times, values));
        return Snappy(request);
    }

    private static List<byte> SeriesMessage(SeriesKey key, long[] times, double[] values)
    {
        var message = new List<byte>();
        foreach (var label in key.Labels.ToArray().Append(new Label("__name__", key.Name)).OrderBy(label => label.Name, StringComparer.Ordinal))
        {
            var pair = new List<byte>();
            WriteMessage(pair, 1, Encoding.UTF8.GetBytes(label.Name));
            WriteMessage(pair, 2, Encoding.UTF8.GetBytes(label.Value));
            WriteMessage(message, 1, pair);
        }
        Span<byte> bits = stackalloc byte[8];
        for (var i = 0; i < times.Length; i++)
        {
            var sample = new List<byte> { 1 << 3 | 1 };
            BinaryPrimitives.WriteInt64LittleEndian(bits, double.IsNaN(values[i]) ? StaleMarker : BitConverter.DoubleToInt64Bits(values[i]));
            sample.AddRange(bits);
            sample.Add(2 << 3);
            WriteNumber(sample, (ulong)(times[i] / 1_000_000));
            WriteMessage(message, 2, sample);
        }
        return message;
    }

    private static void WriteMessage(List<byte> into, int field, IReadOnlyCollection<byte> bytes)
    {
        into.Add((byte)(field << 3 | 2));
        WriteNumber(into, (ulong)bytes.Count);
        into.AddRange(bytes);
    }

    private static void WriteNumber(List<byte> into, ulong number)
    {
        for (; number >= 0x80; number >>= 7) into.Add((byte)(number | 0x80));
        into.Add((byte)number);
    }

    private static byte[] Snappy(List<byte> bytes)
    {
        const int literal = 1 << 16;
        var block = new List<byte>();
        WriteNumber(block, (ulong)bytes.Count);
        for (var at = 0; at < bytes.Count; at += literal)
        {
            var length = Math.Min(literal, bytes.Count - at);
            // A literal whose length less one follows in two bytes.
            block.AddRange([61 << 2, (byte)(length - 1), (byte)((length - 1) >> 8)]);
            block.AddRange(bytes.GetRange(at, length));
        }
        return [.. block];
    }
}
