namespace Weir.Server.Metrics;

/// <summary>All of Weir's own metrics: <c>/metrics</c>, the meter <c>Weir</c> and with it the built-in dashboard and the demo come from this list.</summary>
internal static class WeirMetrics
{
    public const string MessageLatency = "weir.message_latency";

    public static IReadOnlyList<WeirMetric> All { get; } =
    [
        Gauge("weir.active_connections", "{viewer}", "Viewers", "Viewers connected now.", o => o.Gateway.ViewerCount),
        Counter("weir.connections", "{viewer}", "Viewers come and sent away", "Viewers that ever connected.", o => o.Gateway.Counters.Connections),
        Counter("weir.disconnects", "{viewer}", "Viewers come and sent away", "Viewers that the server sent away.", o => o.Gateway.Counters.Disconnects),
        Counter("weir.messages_sent", "{message}", "Messages", "Messages given to viewers' connections.", o => o.Gateway.Counters.MessagesSent),
        Counter("weir.frames", "{frame}", "Messages", "Frames encoded, once however many viewers.", o => o.Gateway.Counters.Frames),
        Counter("weir.conflations", "{catch-up}", "Messages", "Times a viewer was behind and got one catch-up in place of frames.", o => o.Gateway.Counters.Conflations),
        Counter("weir.sent", "By", "Bytes sent", "Bytes of messages given to viewers' connections.", o => o.Gateway.Counters.BytesSent),
        new(MessageLatency, MetricType.Histogram, "s", "Latency of messages", "Age of the newest point of a frame when it was encoded."),
        Counter("weir.points_ingested", "{point}", "Points", "Points taken into series.", o => o.Engine.Counters.Appended),
        new("weir.points_dropped", MetricType.Counter, "{point}", "Points lost, late and ahead", "Points that did not reach a series, or left it early.")
        {
            Label = "reason",
            Samples =
            [
                new("overwritten", o => o.Engine.Counters.Lost),
                new("full", o => o.Engine.DroppedNewest),
                new("late", o => o.Engine.Counters.RefusedLate),
                new("ahead", o => o.Engine.Counters.RefusedAhead),
                new("evicted", o => o.Engine.Counters.Evicted),
            ],
        },
        Gauge("weir.points_waiting", "{point}", "Points waiting", "Points sent and not yet taken in.", o => o.Engine.Waiting),
        Gauge("weir.series", "{series}", "Series, windows and views", "Series known.", o => o.Engine.Catalog.Count),
        Gauge("weir.windows", "{window}", "Series, windows and views", "Windows kept.", o => o.Engine.WindowCount),
        Gauge("weir.views", "{view}", "Series, windows and views", "Views kept, lingering ones included.", o => o.Gateway.ViewCount),
        new("weir.memory", MetricType.Gauge, "By", "Memory", "Memory: points and their ladders, rollups, the panes of windows, the managed heap, the whole process.")
        {
            Label = "of",
            Samples =
            [
                new("points", o => o.Engine.Counters.PointBytes),
                new("rollups", o => o.Engine.Rollups?.Bytes ?? 0),
                new("windows", o => o.Engine.Counters.WindowBytes),
                new("heap", _ => GC.GetTotalMemory(forceFullCollection: false)),
                new("process", _ => Environment.WorkingSet),
            ],
        },
        Gauge("weir.memory_limit", "By", "Memory", "Budget of points, their ladders, rollups and windows.", o => o.Engine.Options.BytesMax),
        Counter("weir.rounds", "{round}", "Rounds", "Rounds of the engine that changed something.", o => o.Engine.Counters.Rounds),
        new("weir.errors", MetricType.Counter, "{error}", "Errors", "Errors by kind.")
        {
            Label = "kind",
            Samples =
            [
                new("connection", o => o.Gateway.Counters.Errors),
                new("message", o => o.Gateway.Counters.RefusedMessages),
                new("engine", o => o.Engine.Counters.FailedRounds),
            ],
        },
        Counter("weir.handler_failures", "{error}", "Errors", "Exceptions of handlers of the engine's events; the engine goes on.", o => o.Engine.Counters.HandlerFailures),
        Counter(
            "weir.increments_refused", "{value}", "Refused and missed", "Increments of counters that were negative, NaN or infinite, and values of histograms that were NaN or infinite.",
            o => o.Engine.Counters.RefusedIncrements),
        Counter("weir.series_overflowed", "{lookup}", "Refused and missed", "Lookups of new series over the limit.", o => o.Engine.Catalog.Overflowed),
        Counter("weir.series_left", "{series}", "Refused and missed", "Series that were silent for long and left to make room for others.", o => o.Engine.Catalog.Left),
        Counter("weir.windows_refused", "{window}", "Refused and missed", "Windows asked for over the limit of windows or of series.", o => o.Engine.Counters.RefusedWindows),
        Counter(
            "weir.windows_missed", "{point}", "Refused and missed", "Late points that a window could not take, since the beginning of their pane was evicted.",
            o => o.Engine.Counters.MissedByWindows),
        Counter("weir.rollups_gone_early", "{bucket}", "Rollups gone, lost and refused", "Buckets of rollups that went before their time to stay within the limit.", o => o.Engine.Rollups?.WentEarly ?? 0),
        Counter("weir.rollups_lost", "{interval}", "Rollups gone, lost and refused", "Intervals of histograms that came faster than rollups take them.", o => o.Engine.Rollups?.Lost ?? 0),
        Counter("weir.rollups_refused_late", "{interval}", "Rollups gone, lost and refused", "Intervals of histograms whose minute was over when they came.", o => o.Engine.Rollups?.RefusedLate ?? 0),
        Gauge("weir.rollups_waiting", "{piece}", "Rollups waiting", "Pieces of rollup work put off to later rounds.", o => o.Engine.Rollups?.Waiting ?? 0),
        Gauge("weir.rollups_refused_series", "{series}", "Rollups waiting", "Series without rollups, since those before them need the memory.", o => o.Engine.Rollups?.RefusedSeries ?? 0),
        Gauge("weir.rollups", "By", "Memory of rollups", "Bytes that rollups take.", o => o.Engine.Rollups?.Bytes ?? 0),
        Gauge("weir.rollups_limit", "By", "Memory of rollups", "Bytes that rollups may take, within the budget of all.", o => o.Engine.Rollups?.BytesMax ?? 0),
    ];

    private static WeirMetric Gauge(string name, string unit, string chart, string help, Func<MetricOrigin, double> read) =>
        new(name, MetricType.Gauge, unit, chart, help) { Samples = [new(null, read)] };

    private static WeirMetric Counter(string name, string unit, string chart, string help, Func<MetricOrigin, double> read) =>
        new(name, MetricType.Counter, unit, chart, help) { Samples = [new(null, read)] };
}
