using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weir.Engine;
using Weir.Server.Gateway;
using Weir.Server.Hosting;

namespace Weir.Server.Api;

/// <summary>How Weir itself is: <c>/healthz</c>, <c>/livez</c>, <c>/readyz</c> and <c>/metrics</c> (OpenMetrics).</summary>
internal sealed class HealthEndpoints(TimeSeriesEngine engine, ViewerGateway gateway)
{
    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/healthz", context => context.Response.Answer(StatusCodes.Status200OK, "ok\n"));
        endpoints.MapGet("/livez", context => context.Response.Answer(StatusCodes.Status200OK, "ok\n"));
        endpoints.MapGet("/readyz", context => gateway.IsRunning
            ? context.Response.Answer(StatusCodes.Status200OK, "ok\n")
            : context.Response.Answer(StatusCodes.Status503ServiceUnavailable, "stopping\n"));
        endpoints.MapGet("/metrics", HandleMetrics);
    }

    private Task HandleMetrics(HttpContext context)
    {
        context.Response.ContentType = "application/openmetrics-text; version=1.0.0; charset=utf-8";
        var text = new StringBuilder();
        var (counters, sent) = (engine.Counters, gateway.Counters);
        Gauge(text, "weir_active_connections", "Viewers connected now.", gateway.ViewerCount);
        Counter(text, "weir_connections", "Viewers that ever connected.", sent.Connections);
        Gauge(text, "weir_views", "Views kept, lingering ones included.", gateway.ViewCount);
        Counter(text, "weir_frames", "Frames encoded, once however many viewers.", sent.Frames);
        Counter(text, "weir_messages_sent", "Messages given to viewers' connections.", sent.MessagesSent);
        Counter(text, "weir_sent_bytes", "Bytes of those messages.", sent.BytesSent);
        Counter(text, "weir_conflations", "Times a viewer was behind and got one catch-up in place of frames.", sent.Conflations);
        Counter(text, "weir_disconnects", "Viewers that the server sent away.", sent.Disconnects);
        Latency(text, sent.Latency);
        Gauge(text, "weir_series", "Series known.", engine.Catalog.Count);
        Counter(text, "weir_series_overflowed", "Lookups of new series over the limit.", engine.Catalog.Overflowed);
        Counter(text, "weir_points_ingested", "Points taken into series.", counters.Appended);
        Family(text, "weir_points_dropped", "counter", "Points that did not reach a series, or left it early.");
        Sample(text, "weir_points_dropped_total{reason=\"overwritten\"}", counters.Lost);
        Sample(text, "weir_points_dropped_total{reason=\"full\"}", engine.DroppedNewest);
        Sample(text, "weir_points_dropped_total{reason=\"late\"}", counters.RefusedLate);
        Sample(text, "weir_points_dropped_total{reason=\"ahead\"}", counters.RefusedAhead);
        Sample(text, "weir_points_dropped_total{reason=\"evicted\"}", counters.Evicted);
        Counter(text, "weir_increments_refused", "Increments of counters that were negative, NaN or infinite, and values of histograms that were NaN or infinite.", counters.RefusedIncrements);
        Counter(text, "weir_handler_failures", "Exceptions of handlers of the engine's events; the engine goes on.", counters.HandlerFailures);
        Gauge(text, "weir_windows", "Windows kept.", engine.WindowCount);
        Counter(text, "weir_windows_refused", "Windows asked for over the limit of windows or of series.", counters.RefusedWindows);
        Counter(text, "weir_windows_missed", "Late points that a window could not take, since the beginning of their pane was evicted.", counters.MissedByWindows);
        if (engine.Rollups is { } rollups)
        {
            Counter(text, "weir_rollups_gone_early", "Buckets of rollups that went before their time to stay within the limit.", rollups.WentEarly);
            Counter(text, "weir_rollups_lost", "Intervals of histograms that came faster than rollups take them.", rollups.Lost);
            Gauge(text, "weir_rollups_waiting", "Pieces of rollup work put off to later rounds.", rollups.Waiting);
            Counter(text, "weir_rollups_refused_late", "Intervals of histograms whose minute was over when they came.", rollups.RefusedLate);
            Gauge(text, "weir_rollups_refused_series", "Series without rollups, since those before them need the memory.", rollups.RefusedSeries);
            Gauge(text, "weir_rollups_bytes", "Bytes that rollups take.", rollups.Bytes);
            Gauge(text, "weir_rollups_limit_bytes", "Bytes that rollups may take, within the budget of all.", rollups.BytesMax);
        }
        Gauge(text, "weir_points_waiting", "Points sent and not yet taken in.", engine.Waiting);
        Family(text, "weir_errors", "counter", "Errors by kind.");
        Sample(text, "weir_errors_total{kind=\"connection\"}", sent.Errors);
        Sample(text, "weir_errors_total{kind=\"message\"}", sent.RefusedMessages);
        Sample(text, "weir_errors_total{kind=\"engine\"}", counters.FailedRounds);
        Family(text, "weir_memory_bytes", "gauge", "Memory: points and their ladders, rollups, the panes of windows, the managed heap, the whole process.");
        Sample(text, "weir_memory_bytes{of=\"points\"}", counters.PointBytes);
        Sample(text, "weir_memory_bytes{of=\"rollups\"}", engine.Rollups?.Bytes ?? 0);
        Sample(text, "weir_memory_bytes{of=\"windows\"}", counters.WindowBytes);
        Sample(text, "weir_memory_bytes{of=\"heap\"}", GC.GetTotalMemory(forceFullCollection: false));
        Sample(text, "weir_memory_bytes{of=\"process\"}", Environment.WorkingSet);
        Gauge(text, "weir_memory_limit_bytes", "Budget of points, their ladders, rollups and windows.", engine.Options.BytesMax);
        text.Append("# EOF\n");
        return context.Response.WriteAsync(text.ToString());
    }

    private static void Latency(StringBuilder text, LatencyHistogram latency)
    {
        const string name = "weir_message_latency_seconds";
        Family(text, name, "histogram", "Age of the newest point of a frame when it was encoded.");
        var count = 0L;
        for (var i = 0; i <= LatencyHistogram.UpperBounds.Length; i++)
        {
            count += latency.Count(i);
            var bound = i < LatencyHistogram.UpperBounds.Length ? LatencyHistogram.UpperBounds[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
            Sample(text, $"{name}_bucket{{le=\"{bound}\"}}", count);
        }
        Sample(text, name + "_count", count);
        Sample(text, name + "_sum", latency.Sum);
    }

    private static void Gauge(StringBuilder text, string name, string help, double value)
    {
        Family(text, name, "gauge", help);
        Sample(text, name, value);
    }

    private static void Counter(StringBuilder text, string name, string help, double value)
    {
        Family(text, name, "counter", help);
        Sample(text, name + "_total", value);
    }

    private static void Family(StringBuilder text, string name, string type, string help) =>
        text.Append("# TYPE ").Append(name).Append(' ').Append(type).Append("\n# HELP ").Append(name).Append(' ').Append(help).Append('\n');

    private static void Sample(StringBuilder text, string name, double value) =>
        text.Append(name).Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
}
