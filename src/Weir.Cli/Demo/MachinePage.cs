using Weir.Connectors.Machine;
using Weir.Visuals.Widgets;

namespace Weir.Cli.Demo;

/// <summary>The page of the machine: numbers first, then processors, memory, throughput, load, processes and the log.</summary>
internal static class MachinePage
{
    public static void Add(Dashboard dashboard)
    {
        using var page = dashboard.Page("Overview");
        AddNumbers(dashboard);
        AddProcessors(dashboard);
        AddMemoryAndThroughput(dashboard);
        AddLoad(dashboard);
        dashboard.Table(ProcessTable.Name, new TableOptions { Title = "Processes", Span = 2, Sort = "cpu", Descending = true, Filterable = true, VisibleRows = 15 });
        dashboard.Log("log", new LogOptions { Title = "Log", Span = 2 });
    }

    private static void AddNumbers(Dashboard dashboard)
    {
        using var columns = dashboard.Columns(4);
        Number(dashboard, "stat.cpu", "CPU", "%", "system.cpu");
        Number(dashboard, "stat.memory", "Memory used", "bytes", "system.memory.used");
        Number(dashboard, "stat.load", "Load, 1 minute", null, "system.load{window=\"1m\"}");
        Number(dashboard, "stat.processes", "Processes", "count", "system.processes.total");
    }

    private static void AddProcessors(Dashboard dashboard)
    {
        dashboard.Metric("system.cpu", new MetricOptions
        {
            Title = "CPU", Unit = "%", Area = true, Min = 0, Max = 100, Warning = 80, Critical = 95,
            Help = "All processors together, without idle time and waiting for I/O.",
        });
        Chart(dashboard, "cores", new LineChartOptions { Title = "CPU by core", Unit = "%", Min = 0, Max = 100, LegendLabel = "core", Queries = ["system.cpu.core"] });
        Chart(dashboard, "cpu.time", new LineChartOptions
        {
            Title = "CPU time", Unit = "%", Stacked = true, Area = true, Min = 0, Max = 100,
            Queries = ["system.cpu.user", "system.cpu.system", "system.cpu.iowait", "system.cpu.steal"],
        });
        Chart(dashboard, "memory", new LineChartOptions
        {
            Title = "Memory", Unit = "bytes", Min = 0,
            Queries = ["system.memory.used", "system.memory.cached", "system.memory.available", "system.memory.total"],
        });
    }

    private static void AddMemoryAndThroughput(Dashboard dashboard)
    {
        Chart(dashboard, "disks", new LineChartOptions { Title = "Disks", Unit = "bytes/s", Min = 0, Queries = ["system.disk.*"] });
        Chart(dashboard, "network", new LineChartOptions { Title = "Network", Unit = "bytes/s", Min = 0, Queries = ["system.network.*{interface!=\"lo\"}"] });
    }

    private static void AddLoad(Dashboard dashboard)
    {
        Chart(dashboard, "load", new LineChartOptions { Title = "Load", Min = 0, LegendLabel = "window", Queries = ["system.load"] });
        Chart(dashboard, "pressure", new LineChartOptions
        {
            Title = "Pressure", Unit = "%", Min = 0, LegendLabel = "resource", Queries = ["system.pressure"],
            Help = "Part of the last ten seconds in which a task had to wait for the resource.",
        });
        Chart(dashboard, "scheduling", new LineChartOptions { Title = "Context switches and interrupts", Unit = "/s", Min = 0, Queries = ["system.context_switches", "system.interrupts"] });
        Chart(dashboard, "runnable", new LineChartOptions { Title = "Processes running and blocked", Unit = "count", Min = 0, Queries = ["system.processes.running", "system.processes.blocked"] });
    }

    private static void Number(Dashboard dashboard, string id, string title, string? unit, string selector)
    {
        dashboard.Stat(id, new StatOptions { Title = title, Unit = unit, DeltaColor = DeltaColor.Off });
        dashboard.Document.ReplaceWidget(((SeriesWidgetOptions)dashboard.Document.FindWidget(id)!) with { Queries = [selector] });
    }

    /// <summary>A chart of these series alone: it has none of its own.</summary>
    internal static void Chart(Dashboard dashboard, string id, LineChartOptions options)
    {
        dashboard.LineChart(id, options);
        dashboard.Document.ReplaceWidget((LineChartOptions)dashboard.Document.FindWidget(id)! with { Queries = options.Queries });
    }
}
