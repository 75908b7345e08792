namespace Weir.Tests.Data;

/// <summary>
/// The oracle of a series: a sorted dictionary and the rules in their plainest form. Out of order within the lateness is sorted in, the last
/// value for one time wins, too late and too far ahead is refused and counted.
/// </summary>
internal sealed class PlainSeries(long lateness, long ahead)
{
    private readonly SortedDictionary<long, double> _points = [];
    private readonly List<(long Time, double Value)> _late = [];
    private readonly List<(long Time, double Value)> _ahead = [];
    private long _newest = long.MinValue;

    public long Appended { get; private set; }

    public long RefusedLate { get; private set; }

    public long RefusedAhead { get; private set; }

    /// <summary>Points that wait for the clock: those more than a second ahead of it.</summary>
    public long Waiting => _ahead.Count;

    public Points Points => Points.Of(_points);

    public long Newest => _newest;

    public void Append(long time, double value, long now)
    {
        TakeDue(now);
        if (time > now + ahead) RefusedAhead++;
        else if (time > now + Points.Second) _ahead.Add((time, value));
        else Take(time, value);
    }

    private void TakeDue(long now)
    {
        // A stable order: of one time the first sent comes first.
        foreach (var (time, value) in _ahead.Where(point => point.Time - Points.Second <= now).OrderBy(point => point.Time).ToArray()) Take(time, value);
        _ahead.RemoveAll(point => point.Time - Points.Second <= now);
    }

    private void Take(long time, double value)
    {
        if (time <= _newest)
        {
            _late.Add((time, value));
            return;
        }
        _newest = time;
        _points[time] = value;
        Appended++;
    }

    public void EndRound(long now)
    {
        TakeDue(now);
        foreach (var (time, value) in _late)
        {
            if (time < Math.Min(_newest, now) - lateness)
            {
                RefusedLate++;
                continue;
            }
            _points[time] = value;
            Appended++;
        }
        _late.Clear();
    }
}
