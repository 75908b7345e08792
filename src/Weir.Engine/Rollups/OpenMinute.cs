using System.Runtime.CompilerServices;
using Weir.Engine.Sketches;

namespace Weir.Engine.Rollups;

/// <summary>
/// The minute that points fall into now. A few values wait as they are; more go into a sketch of its own while there is room for one
/// (<see cref="OpenSketches"/>) and are packed otherwise. The counts are the same either way, since they do not depend on how values were merged.
/// </summary>
internal struct OpenMinute()
{
    /// <summary>So many values take 64 bytes, the smallest sketch 360. Packing takes a microsecond or two: a fraction of one for a value.</summary>
    private const int FewMax = 8;

    /// <summary>A minute that had fewer values gives its sketch back.</summary>
    private const int ValuesForSketch = 64;

    private RollupState _state = RollupState.Empty;
    private Few _few;
    private int _fewCount;
    private QuantileSketch? _sketch;
    private CompactSketch _packed;

    /// <summary>Where it begins; <see cref="long.MinValue"/> when there is none.</summary>
    public long Start { get; private set; } = long.MinValue;

    /// <summary>Whether a point fell into it, be it a gap.</summary>
    public bool HasPoints { get; private set; }

    /// <summary>Bytes beside those of this struct.</summary>
    public readonly long Bytes => _packed.Bytes + BytesOf(_sketch);

    public void Begin(long start, OpenSketches sketches)
    {
        if (_sketch is not null && _state.Count < ValuesForSketch)
        {
            sketches.Count(-BytesOf(_sketch));
            _sketch = null;
        }
        _sketch?.Clear();
        (Start, HasPoints, _state, _fewCount, _packed) = (start, false, RollupState.Empty, 0, default);
    }

    /// <summary>Gives its sketch back; it takes no more points.</summary>
    public void End(OpenSketches sketches)
    {
        sketches.Count(-BytesOf(_sketch));
        _sketch = null;
    }

    public void Add(ReadOnlySpan<double> values, OpenSketches sketches)
    {
        HasPoints = true;
        _state.Add(values);
        if (_sketch is null && _fewCount + values.Length <= FewMax)
        {
            foreach (var value in values) if (double.IsFinite(value)) _few[_fewCount++] = value;
            return;
        }
        var before = BytesOf(_sketch);
        var sketch = Open(sketches);
        sketch.Add(values);
        Close(sketch, before, sketches);
    }

    public void Add(in RollupState state, in CompactSketch counts, OpenSketches sketches)
    {
        HasPoints = true;
        _state.Add(state);
        var before = BytesOf(_sketch);
        var sketch = Open(sketches);
        counts.MergeInto(sketch, state.Sum, state.Min, state.Max);
        Close(sketch, before, sketches);
    }

    public readonly RollupBucket ToBucket(OpenSketches sketches)
    {
        if (_sketch is not null) return new(Start, _state, CompactSketch.Of(_sketch));
        if (_fewCount == 0) return new(Start, _state, _packed);
        var scratch = CompactSketch.Scratch(sketches.Precision);
        CopyTo(scratch);
        return new(Start, _state, CompactSketch.Of(scratch));
    }

    /// <summary>What to add to: its own sketch, or the thread's with what was packed.</summary>
    private QuantileSketch Open(OpenSketches sketches)
    {
        if (_sketch is not null) return _sketch;
        _sketch = sketches.TryTake();
        var sketch = _sketch ?? CompactSketch.Scratch(sketches.Precision);
        CopyTo(sketch);
        (_fewCount, _packed) = (0, default);
        return sketch;
    }

    private void Close(QuantileSketch sketch, long bytesBefore, OpenSketches sketches)
    {
        sketches.Count(BytesOf(_sketch) - bytesBefore);
        if (sketch == _sketch && !sketches.IsOver) return;
        _packed = CompactSketch.Of(sketch);
        sketches.Count(-BytesOf(_sketch));
        _sketch = null;
    }

    private readonly void CopyTo(QuantileSketch sketch)
    {
        _packed.MergeInto(sketch, sum: 0, _state.Min, _state.Max);
        sketch.Add(((ReadOnlySpan<double>)_few)[.._fewCount]);
    }

    private static long BytesOf(QuantileSketch? sketch) => sketch is null ? 0 : OpenSketches.BytesOf(sketch);

    [InlineArray(FewMax)]
    private struct Few
    {
        private double _first;
    }
}
