using System.Globalization;
using System.Text.Json;
using Weir.Engine.Queries;
using Weir.Engine.Series;

namespace Weir.Server.Api;

/// <summary>Results in Prometheus' JSON: times in seconds, values as strings.</summary>
internal static class QueryAnswer
{
    public static void WriteSeries(Utf8JsonWriter json, IEnumerable<TimeSeries> selected)
    {
        json.WriteStartArray();
        foreach (var series in selected) WriteMetric(json, QueryLabels.Of(series.Key));
        json.WriteEndArray();
    }

    public static void WriteRange(Utf8JsonWriter json, QueryResult result)
    {
        WriteHead(json, "matrix"u8);
        WriteMatrix(json, result);
        json.WriteEndObject();
    }

    public static void WriteInstant(Utf8JsonWriter json, QueryResult result, long time)
    {
        switch (result.Kind)
        {
            case QueryResultKind.Text:
                WriteHead(json, "string"u8);
                json.WriteStartArray();
                json.WriteNumberValue(time / 1e9);
                json.WriteStringValue(result.Text);
                json.WriteEndArray();
                break;
            case QueryResultKind.Scalar:
                WriteHead(json, "scalar"u8);
                WritePoint(json, time, result.Series[0].Values[0]);
                break;
            case QueryResultKind.Vector:
                WriteHead(json, "vector"u8);
                WriteVector(json, result);
                break;
            default:
                WriteHead(json, "matrix"u8);
                WriteMatrix(json, result);
                break;
        }
        json.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter json, ReadOnlySpan<byte> type)
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

    private static void WriteMatrix(Utf8JsonWriter json, QueryResult result)
    {
        json.WriteStartArray();
        foreach (var series in result.Series)
        {
            json.WriteStartObject();
            json.WritePropertyName("metric"u8);
            WriteMetric(json, series.Labels);
            json.WriteStartArray("values"u8);
            for (var i = 0; i < series.Times.Count; i++) WritePoint(json, series.Times[i], series.Values[i]);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
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
        json.WriteNumberValue(time / 1e9);
        json.WriteStringValue(double.IsPositiveInfinity(value) ? "+Inf" : double.IsNegativeInfinity(value) ? "-Inf" : value.ToString("R", CultureInfo.InvariantCulture));
        json.WriteEndArray();
    }
}
