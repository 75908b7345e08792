using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weir.Engine;
using Weir.Engine.Queries;
using Weir.Engine.Series;
using Weir.Engine.Time;

namespace Weir.Server.Api;

/// <summary>
/// <c>GET /api/v1/series</c> and <c>GET /api/v1/query_range</c>, as Prometheus has them, for selectors.
/// </summary>
internal sealed class QueryEndpoints(TimeSeriesEngine engine)
{
    /// <summary>Steps a range may have, as in Prometheus.</summary>
    public const int StepsMax = 11_000;

    /// <summary>Series in one answer.</summary>
    public const int SeriesMax = 10_000;

    /// <summary>How old the newest point before a step may be to count for it, as in Prometheus.</summary>
    private static readonly long Lookback = 5 * 60 * UnixTime.NanosecondsPerSecond;

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/series", HandleSeries);
        endpoints.MapGet("/api/v1/query_range", HandleRange);
    }

    private Task HandleSeries(HttpContext context) => Answer(context, () =>
    {
        var selectors = context.Request.Query["match[]"].Select(text => Selector.Parse(text!)).ToArray();
        var selected = engine.Catalog.All.Where(series => selectors.Length == 0 || selectors.Any(selector => selector.Matches(series.Key))).Take(SeriesMax).ToArray();
        return json =>
        {
            json.WriteStartArray();
            foreach (var series in selected) WriteMetric(json, series.Key);
            json.WriteEndArray();
        };
    });

    private Task HandleRange(HttpContext context) => Answer(context, () =>
    {
        var query = context.Request.Query;
        var selector = Selector.Parse(Required(query, "query", "a selector such as cpu or orders.*"));
        var start = ReadTime(Required(query, "start", "Unix seconds or RFC 3339"), "start");
        var end = ReadTime(Required(query, "end", "Unix seconds or RFC 3339"), "end");
        var step = ReadStep(Required(query, "step", "seconds, or a duration such as 15s"));
        if (end < start) throw new ArgumentException("\"end\" lies before \"start\".");
        var steps = ((Int128)end - start) / step;
        if (steps > StepsMax)
        {
            throw new ArgumentException($"The range has {steps} steps; at most {StepsMax} are allowed. Widen \"step\" or narrow the range.");
        }
        var selected = selector.Select(engine.Catalog).Take(SeriesMax).ToArray();
        return json => WriteMatrix(json, selected, start, end, step);
    });

    private static Task Answer(HttpContext context, Func<Action<Utf8JsonWriter>> read)
    {
        Action<Utf8JsonWriter> write;
        try
        {
            write = read();
        }
        catch (ArgumentException e)
        {
            return JsonAnswer.Error(context.Response, StatusCodes.Status400BadRequest, "bad_data", e.Message);
        }
        return JsonAnswer.Success(context.Response, write);
    }

    private static void WriteMatrix(Utf8JsonWriter json, TimeSeries[] selected, long start, long end, long step)
    {
        json.WriteStartObject();
        json.WriteString("resultType"u8, "matrix"u8);
        json.WriteStartArray("result"u8);
        foreach (var series in selected)
        {
            var values = ReadSteps(series.Snapshot, start, end, step);
            if (values.Count == 0) continue;
            json.WriteStartObject();
            json.WritePropertyName("metric"u8);
            WriteMetric(json, series.Key);
            json.WriteStartArray("values"u8);
            foreach (var (time, value) in values)
            {
                json.WriteStartArray();
                json.WriteNumberValue(time / 1e9);
                json.WriteStringValue(double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture));
                json.WriteEndArray();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static List<(long Time, double Value)> ReadSteps(SeriesSnapshot snapshot, long start, long end, long step)
    {
        var values = new List<(long, double)>();
        // Counted, since a time may lie so far out that another step would not fit a long.
        var steps = (long)(((Int128)end - start) / step);
        for (var i = 0L; i <= steps; i++)
        {
            var time = start + i * step;
            if (snapshot.TryReadAt(time, out var at, out var value) && time - at <= Lookback && !double.IsNaN(value)) values.Add((time, value));
        }
        return values;
    }

    private static void WriteMetric(Utf8JsonWriter json, SeriesKey key)
    {
        json.WriteStartObject();
        json.WriteString("__name__"u8, key.Name);
        foreach (var label in key.Labels) json.WriteString(label.Name, label.Value);
        json.WriteEndObject();
    }

    private static string Required(IQueryCollection query, string name, string allowed) =>
        query[name].ToString() is { Length: > 0 } value ? value : throw new ArgumentException($"\"{name}\" is missing: {allowed}.");

    private static long ReadTime(string text, string name)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && Math.Abs(seconds) * 1000 <= UnixTime.MillisecondsMax)
        {
            return UnixTime.FromMilliseconds(seconds * 1000);
        }
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time.Year is > 1678 and < 2261
            ? UnixTime.FromDateTime(time)
            : throw new ArgumentException($"\"{name}\" is '{text}'; allowed are Unix seconds (1732147200) and RFC 3339 (2024-11-21T00:00:00Z).");
    }

    private static long ReadStep(string text)
    {
        if (Duration.TryParse(text, out var duration)) return duration.Nanoseconds;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0.000001 and < 1e9
            ? (long)(seconds * 1e9)
            : throw new ArgumentException($"\"step\" is '{text}'; allowed are seconds (15) and durations (15s, 1m).");
    }
}
