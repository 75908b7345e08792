using Weir.Engine;
using Weir.Engine.Series;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Series;

public sealed class SeriesCatalogTests
{
    [Fact]
    public void Key_is_interned_once()
    {
        var catalog = new SeriesCatalog(10);
        var series = catalog.Resolve(new SeriesKey("a"));
        Assert.Same(series, catalog.Resolve(new SeriesKey("a")));
        Assert.Same(series, catalog.Find(new SeriesKey("a")));
        Assert.Null(catalog.Find(new SeriesKey("b")));
    }

    [Fact]
    public void Series_past_the_limit_share_one_of_their_kind_and_are_counted()
    {
        var catalog = new SeriesCatalog(3);
        var regular = Enumerable.Range(0, 3).Select(i => catalog.Resolve(new SeriesKey("s" + i))).ToArray();
        Assert.Equal(0, catalog.Overflowed);
        var over = catalog.Resolve(new SeriesKey("s3"));
        Assert.Same(over, catalog.Resolve(new SeriesKey("s4", new Label("l", "1"))));
        Assert.Equal("weir.overflow.gauge{weir.overflow=\"true\"}", over.Key.ToString());
        var counters = catalog.Resolve(new SeriesKey("s5"), SeriesKind.Counter);
        Assert.Equal((SeriesKind.Counter, "weir.overflow.counter"), (counters.Kind, counters.Key.Name));
        Assert.Equal((3, 5, 5), (catalog.Overflowed, catalog.Count, catalog.Version));
        Assert.Same(regular[2], catalog.Resolve(new SeriesKey("s2")));
        Assert.Null(catalog.Find(new SeriesKey("s3")));
        Assert.Equal([0, 1, 2, 3, 4], catalog.All.Select(s => s.Id));
    }

    [Fact]
    public void Two_kinds_of_one_name_are_an_error_that_names_both()
    {
        var catalog = new SeriesCatalog(10);
        catalog.Resolve(new SeriesKey("requests"), SeriesKind.Counter);
        var error = Assert.Throws<InvalidOperationException>(() => catalog.Resolve(new SeriesKey("requests")));
        Assert.Equal("Series 'requests' is a counter and cannot also be a gauge. Use another name.", error.Message);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(1)]
    public void Two_kinds_of_one_name_are_an_error_whatever_their_labels_also_past_the_limit(int limit)
    {
        var catalog = new SeriesCatalog(limit);
        catalog.Resolve(new SeriesKey("requests", ("route", "/a")), SeriesKind.Counter);
        catalog.Resolve("requests", [("route", "/b")], SeriesKind.Counter);
        catalog.Resolve("other", [], SeriesKind.Counter);
        catalog.Resolve("another", [], SeriesKind.Gauge);
        var count = catalog.Count;
        foreach (var resolve in (Action[])[
            () => catalog.Resolve(new SeriesKey("requests", ("route", "/c"))),
            () => catalog.Resolve("requests", [("route", "/d")], SeriesKind.Gauge),
            () => catalog.Resolve("requests", [], SeriesKind.Gauge)])
        {
            Assert.Equal("Series 'requests' is a counter and cannot also be a gauge. Use another name.", Assert.Throws<InvalidOperationException>(resolve).Message);
        }
        Assert.Equal(count, catalog.Count);
    }

    [Fact]
    public async Task Threads_that_resolve_one_key_get_one_series()
    {
        var catalog = new SeriesCatalog(500);
        var found = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            Enumerable.Range(0, 1000).Select(i => catalog.Resolve(new SeriesKey("s" + i % 600))).ToArray())));
        foreach (var of in found) Assert.Equal(found[0].Select(s => s.Kind), of.Select(s => s.Kind));
        Assert.Equal(501, catalog.Count);
        Assert.Equal(501, catalog.All.Select(s => s.Key).Distinct().Count());
        Assert.All(catalog.All, s => Assert.Same(s, catalog[s.Id]));
    }

    [Fact]
    public void Points_of_overflowing_series_are_still_taken_in()
    {
        using var engine = new TimeSeriesEngine(new EngineOptions { SeriesMax = 1 }, new ManualClock());
        for (var i = 0; i < 5; i++) engine.Append(engine.Resolve(new SeriesKey("s" + i)), ManualClock.Noon + i, i);
        engine.RunRound();
        Assert.Equal(4, engine.Resolve(new SeriesKey("s9")).Snapshot.Count);
    }
}
