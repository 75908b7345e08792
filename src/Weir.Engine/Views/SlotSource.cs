using Weir.Engine.Access;
using Weir.Engine.Queries;
using Weir.Engine.Series;

namespace Weir.Engine.Views;

/// <summary>Where series of a view come from: a selector picks them, or an expression makes them. Only the loop that refreshes views calls it.</summary>
internal abstract class SlotSource : IDisposable
{
    /// <summary>Why it gives nothing new; null while all is well.</summary>
    public virtual string? Failure => null;

    /// <summary>Series that it would give and that no place is left for.</summary>
    public virtual int Refused => 0;

    /// <summary>Adds to the view what has joined.</summary>
    /// <param name="view">The view it belongs to.</param>
    /// <param name="now">Unix nanoseconds.</param>
    public abstract void Update(ColumnsView view, long now);

    /// <summary>Whether <see cref="Update"/> has something to do, though no round touched a series of the view.</summary>
    public virtual bool IsDue(ColumnsView view, long now) => false;

    public virtual void Dispose()
    {
    }
}

/// <summary>The series that a selector picks, those that come later included.</summary>
internal sealed class SelectedSeries(ReadableSeries readable, Selector selector) : SlotSource
{
    private long _catalogSeen = -1;
    private int _end;

    public override bool IsDue(ColumnsView view, long now) => _catalogSeen != readable.Version;

    public override void Update(ColumnsView view, long now)
    {
        var version = readable.Version;
        if (version == _catalogSeen) return;
        // Each series is held against the selector once, when it joins: matching costs nothing per point.
        var end = readable.End;
        var joined = readable.Joined(_end, end).Where(series => IsShown(series) && !view.Shows(series)).ToList();
        // Where there is not room for all, those that have something to show come first.
        var start = view.Key.StartAt(now);
        if (joined.Count > view.Room) joined = [.. joined.OrderBy(series => series.Snapshot.LastTime < start)];
        foreach (var series in joined) view.TryAdd(series);
        (_catalogSeen, _end) = (version, end);
    }

    /// <summary>A histogram's own series has distributions and no points to draw.</summary>
    private bool IsShown(TimeSeries series) => series.Kind != SeriesKind.Histogram && selector.Matches(series.Key);
}
