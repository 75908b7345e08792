using Weir.Engine.Downsampling;

namespace Weir.Engine.Views;

/// <summary>One update of a view, encoded once and copied to all who are at the frame before it.</summary>
internal sealed class Frame
{
    public ulong Sequence { get; set; }

    /// <summary>The frame before this one.</summary>
    public ulong Previous { get; set; }

    /// <summary>Earliest time that changed, Unix nanoseconds.</summary>
    public long ChangedFrom { get; set; }

    /// <summary>Time of the newest point in it.</summary>
    public long NewestTime { get; set; }

    /// <summary>Wire blocks, all of them when <see cref="HasBinary"/> says so.</summary>
    public MessageBuffer Binary { get; } = new();

    /// <summary>False when nobody took binary or the frame was too large to share.</summary>
    public bool HasBinary { get; set; }

    /// <summary>Points by slot, for JSON viewers, who each get them under their own widget's name.</summary>
    public List<(ViewSlot Slot, Column[] Columns, long? From)> Json { get; } = [];

    public bool HasJson { get; set; }
}

/// <summary>A frame being made.</summary>
internal sealed class FrameBuilder(Frame frame)
{
    private int _columns;

    public Frame Frame => frame;

    public ulong Sequence => frame.Sequence;

    public long ChangedFrom { get => frame.ChangedFrom; set => frame.ChangedFrom = value; }

    public long NewestTime { get => frame.NewestTime; set => frame.NewestTime = value; }

    public MessageBuffer Binary => frame.Binary;

    /// <summary>Whether blocks are still of use: once a frame is too large to share, the rest is not encoded at all.</summary>
    public bool TakesBinary => frame.HasBinary;

    public bool TakesJson => frame.HasJson;

    public void AddBinary(int bytes) => frame.HasBinary &= frame.Binary.Length + bytes <= FrameHistory.SharedBytesMax;

    public void AddJson(ViewSlot slot, ReadOnlySpan<Column> columns, long? from)
    {
        _columns += columns.Length;
        frame.HasJson &= columns.Length <= FrameHistory.ColumnsPerText && _columns <= FrameHistory.SharedColumnsMax;
        if (frame.HasJson && columns.Length > 0) frame.Json.Add((slot, columns.ToArray(), from));
    }
}

/// <summary>
/// The last frames of a view, for viewers a little behind, and for longer what each of them changed, for viewers that come back.
/// </summary>
internal sealed class FrameHistory
{
    /// <summary>Columns a JSON message holds. One takes at most 200 bytes: four points of at most 20 digits of time and 24 of value.</summary>
    public const int ColumnsPerText = 256;

    private const int FramesKept = 16;
    private const int ChangesKept = 1024;

    /// <summary>A frame larger than this is not shared: whoever needs it catches up from the engine, in pieces.</summary>
    public const int SharedBytesMax = 32_768;

    /// <summary>The same for JSON, which is kept as columns.</summary>
    public const int SharedColumnsMax = 1024;

    private readonly Frame[] _frames = new Frame[FramesKept];
    private readonly Queue<(ulong Sequence, ulong Previous, long ChangedFrom)> _changes = new();
    private int _count;

    public FrameBuilder Begin(ulong sequence, ulong previous, bool binary, bool json)
    {
        var frame = _frames[_count % FramesKept] ??= new Frame();
        frame.Binary.Clear();
        frame.Json.Clear();
        (frame.Sequence, frame.Previous, frame.ChangedFrom, frame.NewestTime) = (sequence, previous, long.MaxValue, long.MinValue);
        (frame.HasBinary, frame.HasJson) = (binary, json);
        return new FrameBuilder(frame);
    }

    public void End(FrameBuilder builder)
    {
        var frame = builder.Frame;
        _count++;
        _changes.Enqueue((frame.Sequence, frame.Previous, frame.ChangedFrom));
        if (_changes.Count > ChangesKept) _changes.Dequeue();
    }

    public bool TryGetAfter(ulong cursor, List<Frame> into)
    {
        into.Clear();
        for (var i = _count - 1; i >= 0 && i >= _count - FramesKept; i--)
        {
            var frame = _frames[i % FramesKept];
            into.Add(frame);
            if (frame.Previous > cursor) continue;
            into.Reverse();
            // A cursor between two frames is one that the view never had.
            return frame.Previous == cursor;
        }
        return false;
    }

    public long? ChangedSince(ulong cursor)
    {
        var (earliest, isComplete) = (long.MaxValue, false);
        foreach (var (sequence, previous, changedFrom) in _changes)
        {
            if (sequence <= cursor) continue;
            isComplete |= previous <= cursor;
            earliest = Math.Min(earliest, changedFrom);
        }
        return isComplete ? earliest : null;
    }
}
