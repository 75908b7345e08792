using System.Text.Json;
using Microsoft.Playwright;
using Weir.Engine.Downsampling;
using Weir.Engine.Wire;

namespace Weir.Bench.Live.Viewers;

/// <summary>The dashboard in Chromium: every frame that its socket receives is decoded here a second time, and its columns are kept.</summary>
internal sealed class ColumnsViewer
{
    private readonly Dictionary<(string Widget, long Column), Column> _columns = [];
    private readonly Dictionary<uint, string> _widgets = [];
    private readonly List<(long Arrived, double Newest)> _ramp = [];
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _steps = [];

    /// <summary>Listens to what a page is going to receive.</summary>
    public ColumnsViewer(IPage page) => page.WebSocket += (_, socket) => socket.FrameReceived += (_, frame) => Keep(frame);

    /// <summary>Wall-clock times (Unix nanoseconds) at which the ramp had come to which value.</summary>
    public IReadOnlyList<(long Arrived, double Newest)> Ramp
    {
        get
        {
            lock (_gate) return [.. _ramp];
        }
    }

    /// <summary>The columns of a widget, and their width in nanoseconds: the page asks for as many as it has pixels.</summary>
    public (long Step, Dictionary<long, Column> Columns) ColumnsOf(string widget)
    {
        lock (_gate) return (_steps.GetValueOrDefault(widget, 1), _columns.Where(pair => pair.Key.Widget == widget).ToDictionary(pair => pair.Key.Column, pair => pair.Value));
    }

    public void Forget()
    {
        lock (_gate)
        {
            _columns.Clear();
            _ramp.Clear();
        }
    }

    private void Keep(IWebSocketFrame frame)
    {
        lock (_gate)
        {
            // Playwright gives every frame as both: blocks are told by their magic.
            if (frame.Binary is [(byte)'{', ..]) ReadText(frame.Text!);
            else ReadBlocks(frame.Binary);
        }
    }

    private void ReadText(string text)
    {
        using var message = JsonDocument.Parse(text);
        var root = message.RootElement;
        if (root.GetProperty("type").ValueEquals("view")) _widgets[root.GetProperty("view").GetUInt32()] = root.GetProperty("widget").GetString()!;
    }

    private void ReadBlocks(ReadOnlySpan<byte> message)
    {
        var now = (DateTime.UtcNow.Ticks - DateTime.UnixEpoch.Ticks) * 100;
        for (var at = 0; at < message.Length;)
        {
            var header = BlockHeader.Read(message, at);
            var columns = ColumnBlock.Read(message, at, header);
            at += header.Length;
            if (!_widgets.TryGetValue(header.View, out var widget)) continue;
            _steps[widget] = header.Step;
            foreach (var column in columns) _columns[(widget, column.Number)] = column;
            if (widget == "ramp") _ramp.Add((now, columns[^1].Last));
        }
    }
}
