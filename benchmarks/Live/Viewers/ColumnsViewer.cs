using Weir.Engine.Downsampling;
using Weir.Engine.Wire;

namespace Weir.Bench.Live.Viewers;

/// <summary>A viewer that keeps all columns, as the page does, and knows how far it is behind.</summary>
internal sealed class ColumnsViewer : IAsyncDisposable
{
    private readonly Dictionary<(uint View, long Column), Column> _columns = [];
    private readonly List<(long Arrived, double Newest)> _ramp = [];
    private readonly Lock _gate = new();
    private WireViewer? _viewer;

    public static async Task<ColumnsViewer> ConnectAsync(Uri socket, string[] widgets, int range, int width)
    {
        var columns = new ColumnsViewer();
        columns._viewer = await WireViewer.ConnectAsync(socket, WireViewer.Subscription(widgets, range, width), columns.Keep);
        return columns;
    }

    /// <summary>Wall-clock times (Unix nanoseconds) at which the ramp had come to which value.</summary>
    public IReadOnlyList<(long Arrived, double Newest)> Ramp
    {
        get
        {
            lock (_gate) return [.. _ramp];
        }
    }

    public Dictionary<long, Column> ColumnsOf(string widget)
    {
        lock (_gate)
        {
            var view = _viewer!.Views.First(pair => pair.Value == widget).Key;
            return _columns.Where(pair => pair.Key.View == view).ToDictionary(pair => pair.Key.Column, pair => pair.Value);
        }
    }

    public void Forget()
    {
        lock (_gate)
        {
            _columns.Clear();
            _ramp.Clear();
        }
    }

    public ValueTask DisposeAsync() => _viewer!.DisposeAsync();

    private void Keep(ReadOnlySpan<byte> message, long arrived)
    {
        var now = (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) * 100;
        lock (_gate)
        {
            for (var at = 0; at < message.Length;)
            {
                var header = BlockHeader.Read(message, at);
                var columns = ColumnBlock.Read(message, at, header);
                foreach (var column in columns) _columns[(header.View, column.Number)] = column;
                if (_viewer is { } viewer && viewer.Views.GetValueOrDefault(header.View) == "ramp") _ramp.Add((now, columns[^1].Last));
                at += header.Length;
            }
        }
    }
}
