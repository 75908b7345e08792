using Weir.Engine;
using Weir.Engine.Series;
using Weir.Engine.Windows;

namespace Weir.Cli.Demo;

/// <summary>The page of Weir itself: the .NET runtime it runs on, and its own engine, both measured by meters.</summary>
internal static class RuntimePage
{
    public static void Add(Dashboard dashboard)
    {
        using var page = dashboard.Page("Weir itself");
        var engine = dashboard.Engine;
        Chart("runtime.memory", "Memory of this process", "bytes", "dotnet.process.memory.working_set", "dotnet.gc.last_collection.memory.committed_size");
        Chart("runtime.allocation", "Allocation", "bytes/s", Rate(engine, "dotnet.gc.heap.total_allocated", "System.Runtime"));
        Chart("runtime.heap", "Heap after the last collection", "bytes", "dotnet.gc.last_collection.heap.size");
        Chart("runtime.threads", "Thread pool", "count", "dotnet.thread_pool.thread.count", "dotnet.thread_pool.queue.length");
        Chart("runtime.work", "Work items", "/s", Rate(engine, "dotnet.thread_pool.work_item.count", "System.Runtime"));
        Chart("runtime.exceptions", "Exceptions", "count", "dotnet.exceptions");
        Chart("weir.points", "Points taken in and lost", "/s", Rate(engine, "weir.points.appended", WeirMeter.Name), Rate(engine, "weir.points.lost", WeirMeter.Name));
        Chart("weir.memory", "Memory of points", "bytes", "weir.points.memory");
        Chart("weir.counts", "Series and viewers", "count", "weir.series", "weir.viewers");

        void Chart(string id, string title, string unit, params string[] series) =>
            MachinePage.Chart(dashboard, id, new LineChartOptions { Title = title, Unit = unit, Min = 0, Queries = series });
    }

    /// <summary>The rate per second of a running total, as a series of its own; its selector.</summary>
    private static string Rate(TimeSeriesEngine engine, string name, string meter)
    {
        var total = engine.Resolve(new SeriesKey(name, new Label("meter", meter)), SeriesKind.Counter);
        return engine.Window(total, "5s", Aggregation.Rate).Key.ToString();
    }
}
