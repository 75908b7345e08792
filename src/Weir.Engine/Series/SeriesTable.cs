namespace Weir.Engine.Series;

/// <summary>
/// Series by number, in pages. Numbers rise and are never given twice; a page whose series have all left is let go, so that only what is there takes memory. Anyone may
/// read without a lock; one thread at a time may write.
/// </summary>
internal sealed class SeriesTable
{
    private const int PageBits = 10;
    private const int PageLength = 1 << PageBits;

    private Page?[] _pages = new Page?[1];
    private int _end;

    /// <summary>One past the newest number.</summary>
    public int End => Volatile.Read(ref _end);

    /// <summary>The series of a number that was given; null when it left.</summary>
    public TimeSeries? this[int id] => Volatile.Read(ref _pages)[id >> PageBits] is { } page ? Volatile.Read(ref page.Series[id & (PageLength - 1)]) : null;

    /// <summary>Puts a series under the number <see cref="End"/>.</summary>
    public void Add(TimeSeries series)
    {
        var (id, number) = (_end, _end >> PageBits);
        if (number == _pages.Length)
        {
            var grown = new Page?[number * 2];
            _pages.CopyTo(grown, 0);
            Volatile.Write(ref _pages, grown);
        }
        var page = _pages[number] ??= new Page();
        page.Count++;
        Volatile.Write(ref page.Series[id & (PageLength - 1)], series);
        Volatile.Write(ref _end, id + 1);
    }

    public void Remove(int id)
    {
        if (_pages[id >> PageBits] is not { } page || page.Series[id & (PageLength - 1)] is null) return;
        Volatile.Write(ref page.Series[id & (PageLength - 1)], null);
        if (--page.Count == 0 && id >> PageBits < _end >> PageBits) Volatile.Write(ref _pages[id >> PageBits], null);
    }

    /// <summary>The series with numbers from one to another, exclusive, that are there; in order.</summary>
    public IEnumerable<TimeSeries> Range(int from, int to)
    {
        for (var id = from; id < to; id++)
        {
            if (Volatile.Read(ref _pages)[id >> PageBits] is null) id |= PageLength - 1;
            else if (this[id] is { } series) yield return series;
        }
    }

    private sealed class Page
    {
        public readonly TimeSeries?[] Series = new TimeSeries?[PageLength];

        public int Count;
    }
}
