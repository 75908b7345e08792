using Weir.Engine;
using Weir.Engine.Series;
using Weir.Engine.Windows;
using Weir.Instruments;
using Weir.Layout;

namespace Weir.Cli.Demo;

/// <summary>The page of Weir itself: the .NET runtime it runs on, and the charts of the built-in dashboard of its own metrics.</summary>
internal static class RuntimePage
{
    private const string Name = "Weir itself";

    public static void Add(Dashboard dashboard)
    {
        using (dashboard.Page(Name)) AddRuntime(dashboard);
        dashboard.ObserveItself();
        SelfDashboard.AddCharts(dashboard.Document, dashboard.Document.FindPage(Pages.IdOf(Name))!.Root);
    }

    private static void AddRuntime(Dashboard dashboard)
    {
        var engine = dashboard.Engine;
        Chart("runtime.memory", "Memory of this process", "bytes", "dotnet.process.memory.working_set", "dotnet.gc.last_collection.memory.committed_size");
        Chart("runtime.allocation", "Allocation", "bytes/s", Rate(engine, "dotnet.gc.heap.total_allocated"));
        Chart("runtime.heap", "Heap after the last collection", "bytes", "dotnet.gc.last_collection.heap.size");
        Chart("runtime.threads", "Thread pool", "count", "dotnet.thread_pool.thread.count", "dotnet.thread_pool.queue.length");
        Chart("runtime.work", "Work items", "/s", Rate(engine, "dotnet.thread_pool.work_item.count"));
        Chart("runtime.exceptions", "Exceptions", "count", "dotnet.exceptions");

        void Chart(string id, string title, string unit, params string[] series) =>
            MachinePage.Chart(dashboard, id, new LineChartOptions { Title = title, Unit = unit, Min = 0, Queries = series });
    }

    /// <summary>The rate per second of a running total of the runtime, as a series of its own; its selector.</summary>
    private static string Rate(TimeSeriesEngine engine, string name)
    {
        var total = engine.Resolve(new SeriesKey(name, new Label("meter", "System.Runtime")), SeriesKind.Counter);
        return engine.Window(total, WindowSpec.Hopping("5s", "1s", Aggregation.Rate)).Key.ToString();
    }
}
