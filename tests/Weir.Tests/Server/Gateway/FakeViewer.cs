using System.Text;
using System.Text.Json;
using Weir.Engine.Access;
using Weir.Engine.Downsampling;
using Weir.Engine.Views;
using Weir.Engine.Wire;
using Weir.Server.Gateway;
using Weir.Visuals.Dashboards;

namespace Weir.Tests.Server.Gateway;

/// <summary>A connection that keeps what is sent, and takes the next message only when the test lets it.</summary>
internal sealed class FakeTransport(bool isBinary) : IViewerTransport
{
    private TaskCompletionSource? _stalled;

    public bool IsBinary => isBinary;

    public bool IsStalling { get; set; }

    public bool IsAborted { get; private set; }

    public DisconnectCode? Closed { get; private set; }

    public List<(bool IsText, byte[] Bytes)> Sent { get; } = [];

    public ValueTask SendAsync(ReadOnlyMemory<byte> message, bool isText, CancellationToken cancellation)
    {
        Assert.Null(_stalled);
        Sent.Add((isText, message.ToArray()));
        if (!IsStalling) return ValueTask.CompletedTask;
        _stalled = new TaskCompletionSource();
        return new ValueTask(_stalled.Task);
    }

    public void Release()
    {
        IsStalling = false;
        var stalled = _stalled;
        _stalled = null;
        stalled?.SetResult();
    }

    public Task CloseAsync(DisconnectCode code, CancellationToken cancellation)
    {
        Closed = code;
        return Task.CompletedTask;
    }

    public void Abort() => IsAborted = true;
}

/// <summary>A viewer that reads as docs/protocol.md tells it to: what it holds in the end is what a browser would draw.</summary>
internal sealed class FakeViewer
{
    private readonly ViewerGateway _gateway;
    private readonly DashboardDocument _dashboard;
    private Viewer _viewer;
    private int _read;

    public FakeViewer(ViewerGateway gateway, DashboardDocument dashboard, bool isBinary)
    {
        (_gateway, _dashboard, Transport) = (gateway, dashboard, new FakeTransport(isBinary));
        _viewer = gateway.Attach(Transport, dashboard, AccessScope.Everything);
    }

    public FakeTransport Transport { get; private set; }

    public Picture Picture { get; } = new();

    public bool IsPaused { get; private set; }

    /// <summary>Text messages, in order.</summary>
    public IEnumerable<string> Texts => Transport.Sent.Where(message => message.IsText).Select(message => Encoding.UTF8.GetString(message.Bytes));

    public IEnumerable<string> TextsOf(string type) => Texts.Where(text => text.StartsWith($"{{\"type\":\"{type}\"", StringComparison.Ordinal));

    public void Say(string message)
    {
        if (message.Contains("\"pause\"", StringComparison.Ordinal)) IsPaused = true;
        if (message.Contains("\"resume\"}", StringComparison.Ordinal)) IsPaused = false;
        _gateway.Handle(_viewer, ViewerMessageReader.Read(Encoding.UTF8.GetBytes(message)));
    }

    public void Release()
    {
        Transport.Release();
        Assert.True(SpinWait.SpinUntil(() => !_viewer.IsSending, TimeSpan.FromSeconds(30)));
    }

    /// <summary>The connection breaks and another is made.</summary>
    public void Reconnect()
    {
        Read();
        Release();
        _gateway.Detach(_viewer);
        Transport = new FakeTransport(Transport.IsBinary);
        (_read, IsPaused, Picture.IsReconnected) = (0, false, true);
        _viewer = _gateway.Attach(Transport, _dashboard, AccessScope.Everything);
    }

    public void Leave() => _gateway.Detach(_viewer);

    public void Read()
    {
        for (; _read < Transport.Sent.Count; _read++)
        {
            var (isText, bytes) = Transport.Sent[_read];
            Assert.InRange(bytes.Length, 1, MessageBuffer.BytesMax);
            if (isText) Picture.TakeText(bytes);
            else Picture.TakeBlocks(bytes);
        }
    }
}

/// <summary>Columns by slot and number, from blocks or folded from points.</summary>
internal sealed class Picture
{
    private readonly Dictionary<int, SortedDictionary<long, Column>> _columns = [];
    private readonly Dictionary<int, SortedDictionary<long, double>> _points = [];
    private uint _view;

    public ulong Sequence { get; private set; }

    public long Step { get; private set; }

    /// <summary>The next view tells whether what is here still counts.</summary>
    public bool IsReconnected { get; set; }

    public List<string> Names { get; private set; } = [];

    public void TakeText(byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        var root = document.RootElement;
        switch (root.GetProperty("type").GetString())
        {
            case "view":
                var names = root.GetProperty("series").EnumerateArray().Select(series => series.GetProperty("name").GetString()!).ToList();
                var isSame = _view == root.GetProperty("view").GetUInt32();
                if (root.GetProperty("first").GetInt32() is > 0 and var first)
                {
                    Assert.True(isSame);
                    names = [.. Names.Take(first), .. names];
                }
                if (isSame) Assert.Equal(Names, names.Take(Names.Count));
                if (!root.GetProperty("resumed").GetBoolean() && (!isSame || IsReconnected)) Clear();
                IsReconnected = false;
                (Names, _view) = (names, root.GetProperty("view").GetUInt32());
                (Step, Sequence) = (Nanoseconds(root.GetProperty("step")), root.GetProperty("sequence").GetUInt64());
                break;
            case "history" or "data":
                TakePoints(root);
                break;
        }
    }

    public void TakeBlocks(byte[] bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            var header = BlockHeader.Read(bytes, at);
            Assert.Equal(0, at % 8);
            Assert.Equal(_view, header.View);
            Assert.Equal(Step, header.Step);
            Assert.InRange((int)header.Slot, 0, Names.Count - 1);
            if (!_columns.TryGetValue((int)header.Slot, out var columns)) _columns.Add((int)header.Slot, columns = []);
            foreach (var column in ColumnBlock.Read(bytes, at, header)) columns[column.Number] = column;
            Sequence = Math.Max(Sequence, header.Sequence);
            at += header.Length;
        }
    }

    public List<Column> ColumnsOf(int slot)
    {
        if (_columns.TryGetValue(slot, out var columns)) return [.. columns.Values];
        if (!_points.TryGetValue(slot, out var points)) return [];
        var folded = new Columns();
        M4.ReadPlainly(points.Keys.ToArray(), points.Values.ToArray(), Step, folded);
        return [.. folded.Items];
    }

    public void Clear()
    {
        _columns.Clear();
        _points.Clear();
    }

    private void TakePoints(JsonElement root)
    {
        var slot = root.GetProperty("slot").GetInt32();
        Assert.InRange(slot, 0, Names.Count - 1);
        if (!_points.TryGetValue(slot, out var points)) _points.Add(slot, points = []);
        if (root.TryGetProperty("from", out var from))
        {
            foreach (var time in points.Keys.Where(time => time >= Nanoseconds(from)).ToArray()) points.Remove(time);
        }
        foreach (var point in root.GetProperty("data").EnumerateArray())
        {
            points[Nanoseconds(point[0])] = point[1].ValueKind switch
            {
                JsonValueKind.Null => double.NaN,
                JsonValueKind.String => point[1].GetString() == "+Inf" ? double.PositiveInfinity : double.NegativeInfinity,
                _ => point[1].GetDouble(),
            };
        }
        Sequence = Math.Max(Sequence, root.GetProperty("sequence").GetUInt64());
    }

    private static long Nanoseconds(JsonElement milliseconds) => (long)(milliseconds.GetDecimal() * 1_000_000);
}
