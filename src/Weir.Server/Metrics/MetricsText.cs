using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Weir.Engine.Access;
using Weir.Server.Gateway;

namespace Weir.Server.Metrics;

/// <summary>
/// Weir's own metrics as text that Prometheus reads: the classic format (0.0.4) or OpenMetrics 1.0. They differ in the names of counters, in
/// units and in the end mark; the values of <c>le</c> are canonical in both, so that a scraper that changes format keeps its series.
/// </summary>
internal sealed class MetricsText(MetricOrigin origin, bool isOpenMetrics)
{
    public const string ClassicType = "text/plain; version=0.0.4; charset=utf-8";
    public const string OpenMetricsType = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private readonly StringBuilder _text = new();

    /// <summary>Whether a client would rather have OpenMetrics: it says so, and likes classic text no more.</summary>
    public static bool WantsOpenMetrics(HttpRequest request)
    {
        var (open, classic) = (0.0, 0.0);
        foreach (var accepted in request.GetTypedHeaders().Accept)
        {
            var quality = accepted.Quality ?? 1;
            var version = accepted.Parameters.FirstOrDefault(parameter => parameter.Name.Equals("version", StringComparison.OrdinalIgnoreCase))?.Value.Value?.Trim('"');
            if (accepted.MediaType.Equals("application/openmetrics-text", StringComparison.OrdinalIgnoreCase))
            {
                if (version is null or "1.0.0") open = Math.Max(open, quality);
            }
            else if (accepted.MediaType.Equals("text/plain", StringComparison.OrdinalIgnoreCase) || accepted.MatchesAllTypes || accepted.MediaType.Equals("text/*", StringComparison.Ordinal))
            {
                classic = Math.Max(classic, quality);
            }
        }
        return open > 0 && open >= classic;
    }

    /// <param name="scope">Who asks: told are the metrics that it may read by their names, such as <c>weir.series</c>.</param>
    public string Write(AccessScope scope)
    {
        foreach (var metric in WeirMetrics.All)
        {
            if (!scope.CanRead(metric.Name)) continue;
            if (metric.Type == MetricType.Histogram) WriteHistogram(metric, origin.Gateway.Counters.Latency);
            else WriteSamples(metric);
        }
        if (isOpenMetrics) _text.Append("# EOF\n");
        return _text.ToString();
    }

    private void WriteSamples(WeirMetric metric)
    {
        WriteFamily(metric);
        var name = metric.Type == MetricType.Counter ? metric.PrometheusName + "_total" : metric.PrometheusName;
        foreach (var sample in metric.Samples)
        {
            var labels = metric.Label is null ? "" : $"{{{metric.Label}=\"{sample.LabelValue}\"}}";
            WriteSample(name + labels, sample.Read(origin));
        }
    }

    private void WriteHistogram(WeirMetric metric, LatencyHistogram latency)
    {
        WriteFamily(metric);
        var name = metric.PrometheusName;
        var count = 0L;
        for (var i = 0; i <= LatencyHistogram.UpperBounds.Length; i++)
        {
            count += latency.Count(i);
            var bound = i < LatencyHistogram.UpperBounds.Length ? Canonical(LatencyHistogram.UpperBounds[i]) : "+Inf";
            WriteSample($"{name}_bucket{{le=\"{bound}\"}}", count);
        }
        WriteSample(name + "_sum", latency.Sum);
        WriteSample(name + "_count", count);
    }

    private void WriteFamily(WeirMetric metric)
    {
        // OpenMetrics names the family of a counter without the ending of its samples; the classic format knows only the samples.
        var name = metric.Type == MetricType.Counter && !isOpenMetrics ? metric.PrometheusName + "_total" : metric.PrometheusName;
        Line("TYPE", name, metric.Type.ToString().ToLowerInvariant());
        if (isOpenMetrics && metric.PrometheusUnit is { } unit) Line("UNIT", name, unit);
        Line("HELP", name, metric.Help);
    }

    private void Line(string what, string name, string text) => _text.Append("# ").Append(what).Append(' ').Append(name).Append(' ').Append(text).Append('\n');

    private void WriteSample(string name, double value) => _text.Append(name).Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');

    /// <summary>OpenMetrics writes whole bounds with a decimal: <c>1.0</c>.</summary>
    private static string Canonical(double bound)
    {
        var text = bound.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) || text.Contains('E', StringComparison.Ordinal) ? text : text + ".0";
    }
}
