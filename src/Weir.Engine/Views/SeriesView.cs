using Weir.Engine.History;
using Weir.Engine.Queries;
using Weir.Engine.Series;

namespace Weir.Engine.Views;

/// <summary>The series that selectors pick, those that come later included.</summary>
internal sealed class SeriesView : ColumnsView
{
    private readonly SeriesCatalog _catalog;
    private readonly Selector[] _selectors;
    private readonly HashSet<int> _known = [];
    private int _catalogSeen;

    /// <exception cref="ArgumentException">A selector does not parse.</exception>
    public SeriesView(uint id, ViewKey key, SeriesCatalog catalog, ISeriesHistory history, ulong offset) : base(id, key, offset, history)
    {
        _catalog = catalog;
        _selectors = key.Selectors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Selector.Parse).ToArray();
        UpdateSlots(now: 0);
        foreach (var slot in Slots) slot.Begin();
    }

    protected override void UpdateSlots(long now)
    {
        if (_catalogSeen == _catalog.Version) return;
        // Each series is held against the selectors once, when it joins: matching costs nothing per point.
        var joined = new List<TimeSeries>();
        for (var count = _catalog.Version; _catalogSeen < count; _catalogSeen++) joined.Add(_catalog[_catalogSeen]);
        foreach (var selector in _selectors)
        {
            foreach (var series in joined)
            {
                // A histogram's own series has distributions and no points to draw.
                if (series.Kind == SeriesKind.Histogram) continue;
                if (!selector.Matches(series.Key) || !_known.Add(series.Id)) continue;
                if (Slots.Count == SlotsMax) SlotsRefused++;
                else Slots.Add(new ViewSlot(Slots.Count, series));
            }
        }
    }
}
