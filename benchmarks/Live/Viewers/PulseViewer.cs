using System.Buffers.Binary;
using System.Diagnostics;
using Weir.Engine.Wire;

namespace Weir.Bench.Live.Viewers;

/// <summary>A viewer of the pulse that notes when which value had arrived.</summary>
internal sealed class PulseViewer : IAsyncDisposable
{
    private readonly List<(long Arrived, double Value)> _seen = [];
    private WireViewer? _viewer;

    public static async Task<PulseViewer> ConnectAsync(Uri socket)
    {
        var pulse = new PulseViewer();
        pulse._viewer = await WireViewer.ConnectAsync(socket, WireViewer.Subscription(["pulse"], range: 10_000, width: 600), pulse.Note);
        return pulse;
    }

    /// <summary>Milliseconds from each send to the first frame that tells of it or of a later one; infinite when none came.</summary>
    public IEnumerable<double> Latencies(IReadOnlyList<long> sent)
    {
        var at = 0;
        foreach (var value in sent)
        {
            while (at < _seen.Count && _seen[at].Value < value) at++;
            yield return at == _seen.Count ? double.PositiveInfinity : (_seen[at].Arrived - value) * 1e3 / Stopwatch.Frequency;
        }
    }

    public ValueTask DisposeAsync() => _viewer!.DisposeAsync();

    private void Note(ReadOnlySpan<byte> message, long arrived)
    {
        for (var at = 0; at < message.Length;)
        {
            var header = BlockHeader.Read(message, at);
            // The values of `last` are the end of the block.
            _seen.Add((arrived, BinaryPrimitives.ReadDoubleLittleEndian(message[(at + header.Length - 8)..])));
            at += header.Length;
        }
    }
}
