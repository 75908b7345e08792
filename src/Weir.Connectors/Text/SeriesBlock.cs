using System.Runtime.InteropServices;
using Weir.Engine;
using Weir.Engine.Ingest;
using Weir.Engine.Series;
using Weir.Engine.Time;

namespace Weir.Connectors.Text;

/// <summary>
/// A series of a text and its points that wait to be handed over in one block. Points with the same time follow each other by a tick, since texts
/// often tell seconds and no more: all lines of a second count.
/// </summary>
internal sealed class SeriesBlock(TextSeries series, string name, Label[] labels)
{
    /// <summary>Points of a block at most.</summary>
    public const int PointsMax = 4096;

    // A text can wait: its writer is held up until the engine has room, rather than points be lost.
    private static readonly LossPolicy Loss = LossPolicy.Block(TimeSpan.FromSeconds(10));

    private readonly List<long> _times = [];
    private readonly List<double> _values = [];
    private long _time = long.MinValue;
    private int _repeats;
    private double? _first;

    public TextSeries Series => series;

    /// <summary>The field's name as it came.</summary>
    public string Name => name;

    public Label[] Labels => labels;

    /// <summary>Points that were handed over and are kept in case the series is joined with others; null when none are kept.</summary>
    public List<(long Time, double Value)>? Kept { get; private set; }

    /// <summary>Keeps the points from now on.</summary>
    public void Keep() => Kept = [];

    public void Forget() => Kept = null;

    /// <summary>Adds a point. True when it is the first that waits.</summary>
    public bool Add(long time, double value)
    {
        if (time == _time) time += ++_repeats * UnixTime.NanosecondsPerTick;
        else (_time, _repeats) = (time, 0);
        return AddExactly(time, value);
    }

    /// <summary>Adds a point at its time and no other.</summary>
    public bool AddExactly(long time, double value)
    {
        _times.Add(time);
        _values.Add(value);
        _first ??= value;
        if (value != _first && !double.IsNaN(value)) series.Varies = true;
        Kept?.Add((time, value));
        return _times.Count == 1;
    }

    public bool IsFull => _times.Count >= PointsMax;

    /// <summary>Hands over what waits. Returns the points that were not taken, since the engine had no room for ten seconds.</summary>
    public int Send(TimeSeriesEngine engine)
    {
        var lost = _times.Count;
        if (lost == 0) return 0;
        lost -= engine.Append(series.Series, CollectionsMarshal.AsSpan(_times), CollectionsMarshal.AsSpan(_values), Loss);
        Clear();
        return lost;
    }

    /// <summary>Forgets what waits.</summary>
    public void Clear()
    {
        _times.Clear();
        _values.Clear();
    }
}
