using Weir.Engine.Series;
using Weir.Engine.Windows.States;

namespace Weir.Engine.Windows;

/// <summary>
/// Windows over one series, kept as another series. The newest window's point is provisional and is replaced as points arrive; a late point
/// corrects all windows it falls into and, for rates, those of the point after it.
/// </summary>
internal sealed class WindowedSeries(TimeSeries source, TimeSeries output, WindowSpec spec)
{
    private readonly PaneWindow _window = new(AggregateState.MakerFor(spec), (int)spec.Panes);
    private readonly double _seconds = spec.Length.Seconds;

    /// <summary>Last finite value read.</summary>
    private double _previous = double.NaN;

    /// <summary>Start of the newest window's last slide.</summary>
    private long _slide = long.MinValue;

    /// <summary>Windows before this one were told already, or miss what was evicted.</summary>
    private long _tellFrom = long.MinValue;

    private long _readTo = long.MinValue;
    private long _version;
    private long _finalBefore = long.MinValue;

    public TimeSeries Output => output;

    public WindowSpec Spec => spec;

    public long PanesHeld => _window.Held;

    /// <summary>Bytes on the heap beside those of the output.</summary>
    public long Bytes => BytesOfObjects + _window.Bytes;

    /// <summary>What of <see cref="Bytes"/> the engine's total already holds.</summary>
    public long BytesCounted { get; set; }

    /// <summary>This object, its windows' specification and how to make their states, and its places in the engine's lists.</summary>
    private const long BytesOfObjects = 450;

    /// <summary>Points of the output before this time are final: no point that the source still takes can change them.</summary>
    public long FinalBefore => Volatile.Read(ref _finalBefore);

    /// <summary>Takes in what the source's last round brought. Returns how many late points it could not take, since their panes' beginnings were evicted.</summary>
    /// <param name="sourceFinalBefore">Points of the source before this time are final.</param>
    /// <param name="buffer">To read points into.</param>
    public int Run(long sourceFinalBefore, PointBuffer buffer)
    {
        var snapshot = source.Snapshot;
        var corrected = snapshot.CorrectedSince(_version);
        _version = snapshot.Version;
        var missed = corrected <= _readTo ? source.CountLateBefore(Math.Min(_readTo + 1, WholeFrom)) : 0;
        if (corrected <= _readTo) Rewind(snapshot, corrected);
        var before = _readTo;
        while (buffer.Read(snapshot, _readTo + 1))
        {
            for (var i = 0; i < buffer.Times.Length; i++) Take(buffer.Times[i], buffer.Values[i]);
            _readTo = buffer.Times[^1];
        }
        if (_readTo == before) return missed;
        if (spec.Kind != WindowKind.Sliding) Tell(_slide);
        Settle(sourceFinalBefore);
        return missed;
    }

    /// <summary>From here on panes have all their points; of the one before some were evicted.</summary>
    private long WholeFrom => source.EvictedTo == long.MinValue ? long.MinValue : spec.PaneOf(source.EvictedTo) + spec.PaneNanoseconds;

    private void Take(long time, double value)
    {
        if (time < spec.TimeMin) return;
        var slide = spec.SlideOf(time);
        if (slide != _slide) SlideTo(slide);
        var pane = spec.PaneOf(time);
        if (_window.IsEmpty || _window.NewestStart != pane) _window.Open(pane, _previous);
        if (double.IsFinite(value))
        {
            _window.Add(value, _previous);
            _previous = value;
        }
        if (spec.Kind == WindowKind.Sliding) Tell(time);
    }

    /// <summary>Tells the windows that end before this slide, down to the last that still holds a point.</summary>
    private void SlideTo(long slide)
    {
        if (spec.Kind != WindowKind.Sliding)
        {
            for (; _slide < slide && !_window.IsEmpty; _slide += spec.SlideNanoseconds)
            {
                Tell(_slide);
                _window.Leave(spec.StartOfWindow(_slide + spec.SlideNanoseconds));
            }
        }
        _slide = slide;
        _window.Leave(spec.StartOfWindow(slide));
    }

    private void Tell(long time)
    {
        if (time >= _tellFrom && !_window.IsEmpty) output.Take(time, _window.Result(_seconds));
    }

    /// <summary>Goes back to the pane of the earliest correction, to read on from there as if everything had come in order.</summary>
    private void Rewind(SeriesSnapshot snapshot, long corrected)
    {
        // A pane whose beginning was evicted keeps what it had.
        var pane = Math.Max(spec.PaneOf(Math.Max(corrected, snapshot.FirstTime)), WholeFrom);
        if (pane > _readTo) return;
        _slide = spec.SlideOf(pane);
        var start = spec.StartOfWindow(_slide);
        _tellFrom = spec.Kind == WindowKind.Sliding ? pane : _slide;
        if (start >= _window.HeldFrom)
        {
            _previous = _window.Rewind(pane, start, _previous);
            _readTo = pane - 1;
            return;
        }
        _window.Clear();
        _previous = LastFiniteBefore(snapshot, start);
        _readTo = start - 1;
        _slide = long.MinValue;
        _window.HeldFrom = start;
        if (start >= WholeFrom) return;
        // A window whose beginning was evicted keeps the value it had.
        (_readTo, _previous) = (source.EvictedTo, source.EvictedValue);
        _window.HeldFrom = WholeFrom;
        _tellFrom = Math.Max(_tellFrom, spec.SlideOf(WholeFrom + spec.Panes * spec.PaneNanoseconds - 1));
    }

    /// <summary>Says what is final, and forgets the panes that only a correction of what is final would need.</summary>
    private void Settle(long sourceFinalBefore)
    {
        if (sourceFinalBefore <= long.MinValue + spec.Length.Nanoseconds) return;
        var final = spec.SlideOf(sourceFinalBefore);
        Volatile.Write(ref _finalBefore, spec.Kind == WindowKind.Sliding ? sourceFinalBefore : final);
        _window.Forget(spec.StartOfWindow(final));
    }

    private double LastFiniteBefore(SeriesSnapshot snapshot, long time)
    {
        // What lies before the evicted came late, and was missed.
        while (snapshot.TryReadAt(time - 1, out var at, out var value) && at > source.EvictedTo)
        {
            if (double.IsFinite(value)) return value;
            time = at;
        }
        return source.EvictedValue;
    }
}
