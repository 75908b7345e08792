using System.Text.Json;
using Weir.Engine.Queries;
using Weir.Engine.Time;

namespace Weir.Server.Api;

/// <summary>Results in Prometheus' JSON: times in seconds, values as strings.</summary>
internal static class QueryAnswer
{
    public static async Task WriteRangeAsync(JsonAnswer answer, QueryResult result, TimeSpan? took)
    {
        WriteHead(answer.Json, "matrix");
        await WriteMatrixAsync(answer, result);
        WriteEnd(answer.Json, result, took);
    }

    public static async Task WriteInstantAsync(JsonAnswer answer, QueryResult result, long time, TimeSpan? took)
    {
        var json = answer.Json;
        switch (result.Kind)
        {
            case QueryResultKind.Text:
                WriteHead(json, "string");
                json.WriteStartArray();
                WriteTime(json, time);
                json.WriteStringValue(result.Text);
                json.WriteEndArray();
                break;
            case QueryResultKind.Scalar:
                WriteHead(json, "scalar");
                WritePoint(json, time, result.Series[0].Values[0]);
                break;
            case QueryResultKind.Vector:
                WriteHead(json, "vector");
                await WriteVectorAsync(answer, result);
                break;
            default:
                WriteHead(json, "matrix");
                await WriteMatrixAsync(answer, result);
                break;
        }
        WriteEnd(json, result, took);
    }

    public static void WriteMetric(Utf8JsonWriter json, QueryLabels labels)
    {
        json.WriteStartObject();
        foreach (var label in labels.All) json.WriteString(label.Name, label.Value);
        json.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter json, string type)
    {
        json.WriteStartObject();
        json.WriteString("resultType"u8, type);
        json.WritePropertyName("result"u8);
    }

    /// <summary>Ends the data, with what the query cost where that is asked for.</summary>
    private static void WriteEnd(Utf8JsonWriter json, QueryResult result, TimeSpan? took)
    {
        if (took is { } time)
        {
            json.WriteStartObject("stats"u8);
            json.WriteStartObject("timings"u8);
            json.WriteNumber("evalTotalTime"u8, time.TotalSeconds);
            json.WriteEndObject();
            json.WriteStartObject("samples"u8);
            json.WriteNumber("totalQueryableSamples"u8, result.PointsRead);
            json.WriteNumber("peakSamples"u8, result.ValuesComputed);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static async Task WriteVectorAsync(JsonAnswer answer, QueryResult result)
    {
        var json = answer.Json;
        json.WriteStartArray();
        foreach (var series in result.Series)
        {
            json.WriteStartObject();
            json.WritePropertyName("metric"u8);
            WriteMetric(json, series.Labels);
            json.WritePropertyName("value"u8);
            WritePoint(json, series.Times[0], series.Values[0]);
            json.WriteEndObject();
            await answer.SendAsync();
        }
        json.WriteEndArray();
    }

    private static async Task WriteMatrixAsync(JsonAnswer answer, QueryResult result)
    {
        var json = answer.Json;
        json.WriteStartArray();
        foreach (var series in result.Series)
        {
            json.WriteStartObject();
            json.WritePropertyName("metric"u8);
            WriteMetric(json, series.Labels);
            json.WriteStartArray("values"u8);
            for (var i = 0; i < series.Times.Count; i++)
            {
                WritePoint(json, series.Times[i], series.Values[i]);
                if (i % 1024 == 1023) await answer.SendAsync();
            }
            json.WriteEndArray();
            json.WriteEndObject();
            await answer.SendAsync();
        }
        json.WriteEndArray();
    }

    private static void WritePoint(Utf8JsonWriter json, long time, double value)
    {
        json.WriteStartArray();
        WriteTime(json, time);
        json.WriteStringValue(PromqlText.OfNumber(value));
        json.WriteEndArray();
    }

    /// <summary>Seconds with at most three decimals: Prometheus knows milliseconds.</summary>
    private static void WriteTime(Utf8JsonWriter json, long time) =>
        json.WriteNumberValue(QueryParameters.WholeMilliseconds(time) / UnixTime.NanosecondsPerMillisecond / 1000.0);
}
