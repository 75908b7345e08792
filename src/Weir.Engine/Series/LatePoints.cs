namespace Weir.Engine.Series;

/// <summary>Points that did not come in time order, gathered during a round and merged at its end.</summary>
internal sealed class LatePoints
{
    private const int CapacityKept = 16;

    private readonly List<long> _times = [];
    private readonly List<double> _values = [];

    public int Count => _times.Count;

    public void Add(long time, double value)
    {
        _times.Add(time);
        _values.Add(value);
    }

    /// <summary>
    /// Empties the list into two sorted columns: of points with one time the last to arrive stays; points before
    /// <paramref name="oldest"/> are refused and counted.
    /// </summary>
    public (long[] Times, double[] Values, int Refused) Take(long oldest)
    {
        var order = new List<int>(_times.Count);
        for (var i = 0; i < _times.Count; i++)
        {
            if (_times[i] >= oldest) order.Add(i);
        }
        var refused = _times.Count - order.Count;
        order.Sort((a, b) => _times[a] != _times[b] ? _times[a].CompareTo(_times[b]) : a.CompareTo(b));
        var (times, values) = (new List<long>(order.Count), new List<double>(order.Count));
        foreach (var i in order)
        {
            if (times.Count > 0 && times[^1] == _times[i])
            {
                values[^1] = _values[i];
                continue;
            }
            times.Add(_times[i]);
            values.Add(_values[i]);
        }
        Clear(_times);
        Clear(_values);
        return (times.ToArray(), values.ToArray(), refused);
    }

    /// <summary>Keeps room for a few: a hundred thousand series that were all late once must not keep room for all.</summary>
    private static void Clear<T>(List<T> list)
    {
        list.Clear();
        if (list.Capacity > CapacityKept) list.Capacity = CapacityKept;
    }

    /// <summary>Two sorted runs in one; where both have a time, the late value wins.</summary>
    public static (long[] Times, double[] Values) Merge(
        ReadOnlySpan<long> times, ReadOnlySpan<double> values, ReadOnlySpan<long> lateTimes, ReadOnlySpan<double> lateValues)
    {
        var (mergedTimes, mergedValues) = (new long[times.Length + lateTimes.Length], new double[times.Length + lateTimes.Length]);
        var (i, j, n) = (0, 0, 0);
        while (i < times.Length || j < lateTimes.Length)
        {
            var takeLate = i == times.Length || (j < lateTimes.Length && lateTimes[j] <= times[i]);
            if (takeLate && i < times.Length && lateTimes[j] == times[i]) i++;
            (mergedTimes[n], mergedValues[n]) = takeLate ? (lateTimes[j], lateValues[j]) : (times[i], values[i]);
            if (takeLate) j++;
            else i++;
            n++;
        }
        return (mergedTimes[..n], mergedValues[..n]);
    }
}
