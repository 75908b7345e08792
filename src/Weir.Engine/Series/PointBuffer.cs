using System.Runtime.InteropServices;

namespace Weir.Engine.Series;

/// <summary>Points copied out of a snapshot, a piece at a time: one for all series, since the engine's loop takes them one after the other.</summary>
internal sealed class PointBuffer
{
    /// <summary>Points in a piece: a megabyte.</summary>
    private const int PointsMax = 65_536;

    private readonly List<long> _times = [];
    private readonly List<double> _values = [];

    public ReadOnlySpan<long> Times => CollectionsMarshal.AsSpan(_times);

    public ReadOnlySpan<double> Values => CollectionsMarshal.AsSpan(_values);

    /// <summary>The next points from a time on; false when there are none.</summary>
    public bool Read(SeriesSnapshot snapshot, long from)
    {
        _times.Clear();
        _values.Clear();
        snapshot.Read(from, long.MaxValue, _times, _values, PointsMax);
        return _times.Count > 0;
    }
}
