using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Weir.Engine.Queries;
using Weir.Engine.Series;
using Weir.Engine.Time;

namespace Weir.Server.Api;

/// <summary>Results in Prometheus' JSON: times in seconds, values as strings.</summary>
internal static class QueryAnswer
{
    /// <summary>Written so far before it is sent on: what an answer holds in memory beside its result.</summary>
    private const long UnsentMax = 64 << 10;

    public static async Task WriteSeriesAsync(HttpResponse response, Utf8JsonWriter json, IEnumerable<TimeSeries> selected)
    {
        json.WriteStartArray();
        var sent = 0L;
        foreach (var series in selected)
        {
            WriteMetric(json, QueryLabels.Of(series.Key));
            sent = await SendAsync(response, json, sent);
        }
        json.WriteEndArray();
    }

    public static async Task WriteRangeAsync(HttpResponse response, Utf8JsonWriter json, QueryResult result)
    {
        WriteHead(json, "matrix");
        await WriteMatrixAsync(response, json, result);
        json.WriteEndObject();
    }

    public static async Task WriteInstantAsync(HttpResponse response, Utf8JsonWriter json, QueryResult result, long time)
    {
        switch (result.Kind)
        {
            case QueryResultKind.Text:
                WriteHead(json, "string");
                json.WriteStartArray();
                json.WriteNumberValue(UnixTime.ToSeconds(time));
                json.WriteStringValue(result.Text);
                json.WriteEndArray();
                break;
            case QueryResultKind.Scalar:
                WriteHead(json, "scalar");
                WritePoint(json, time, result.Series[0].Values[0]);
                break;
            case QueryResultKind.Vector:
                WriteHead(json, "vector");
                WriteVector(json, result);
                break;
            default:
                WriteHead(json, "matrix");
                await WriteMatrixAsync(response, json, result);
                break;
        }
        json.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter json, string type)
    {
        json.WriteStartObject();
        json.WriteString("resultType"u8, type);
        json.WritePropertyName("result"u8);
    }

    private static void WriteVector(Utf8JsonWriter json, QueryResult result)
    {
        json.WriteStartArray();
        foreach (var series in result.Series)
        {
            json.WriteStartObject();
            json.WritePropertyName("metric"u8);
            WriteMetric(json, series.Labels);
            json.WritePropertyName("value"u8);
            WritePoint(json, series.Times[0], series.Values[0]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static async Task WriteMatrixAsync(HttpResponse response, Utf8JsonWriter json, QueryResult result)
    {
        json.WriteStartArray();
        var sent = 0L;
        foreach (var series in result.Series)
        {
            json.WriteStartObject();
            json.WritePropertyName("metric"u8);
            WriteMetric(json, series.Labels);
            json.WriteStartArray("values"u8);
            for (var i = 0; i < series.Times.Count; i++)
            {
                WritePoint(json, series.Times[i], series.Values[i]);
                if (i % 1024 == 1023) sent = await SendAsync(response, json, sent);
            }
            json.WriteEndArray();
            json.WriteEndObject();
            sent = await SendAsync(response, json, sent);
        }
        json.WriteEndArray();
    }

    /// <summary>Sends what has gathered when it is much, and waits for the client where it does not keep up. Returns how much is sent.</summary>
    private static async ValueTask<long> SendAsync(HttpResponse response, Utf8JsonWriter json, long sent)
    {
        if (json.BytesCommitted + json.BytesPending - sent < UnsentMax) return sent;
        json.Flush();
        await response.BodyWriter.FlushAsync(response.HttpContext.RequestAborted);
        return json.BytesCommitted;
    }

    private static void WriteMetric(Utf8JsonWriter json, QueryLabels labels)
    {
        json.WriteStartObject();
        foreach (var label in labels.All) json.WriteString(label.Name, label.Value);
        json.WriteEndObject();
    }

    private static void WritePoint(Utf8JsonWriter json, long time, double value)
    {
        json.WriteStartArray();
        json.WriteNumberValue(UnixTime.ToSeconds(time));
        // The longest, -2.2250738585072014E-308, has 24 characters.
        Span<byte> text = stackalloc byte[32];
        if (double.IsInfinity(value)) json.WriteStringValue(value > 0 ? "+Inf"u8 : "-Inf"u8);
        else if (value.TryFormat(text, out var written, "R", CultureInfo.InvariantCulture)) json.WriteStringValue(text[..written]);
        json.WriteEndArray();
    }
}
