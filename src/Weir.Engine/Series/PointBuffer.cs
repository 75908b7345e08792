using System.Runtime.InteropServices;

namespace Weir.Engine.Series;

/// <summary>Points copied out of a snapshot, a piece at a time: one for all series, since the engine's loop takes them one after the other.</summary>
internal sealed class PointBuffer
{
    /// <summary>Points in a piece: 64 KB. After each the limit of bytes is looked at, so a sender of a point an hour is over it by 1 MB at most.</summary>
    private const int PointsMax = 4096;

    private readonly List<long> _times = [];
    private readonly List<double> _values = [];

    public ReadOnlySpan<long> Times => CollectionsMarshal.AsSpan(_times);

    public ReadOnlySpan<double> Values => CollectionsMarshal.AsSpan(_values);

    /// <summary>Whether more points may follow.</summary>
    public bool IsFull => _times.Count == PointsMax;

    /// <summary>The next points from a time on; false when there are none.</summary>
    public bool Read(SeriesSnapshot snapshot, long from)
    {
        _times.Clear();
        _values.Clear();
        snapshot.Read(from, long.MaxValue, _times, _values, PointsMax);
        return _times.Count > 0;
    }
}
