using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Weir.Server.Api;

/// <summary>Answers in the shape of Prometheus' HTTP interface: <c>{"status":"success","data":…}</c>.</summary>
internal static class JsonAnswer
{
    public static async Task Success(HttpResponse response, Func<Utf8JsonWriter, Task> writeData)
    {
        response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("status"u8, "success"u8);
        json.WritePropertyName("data"u8);
        await writeData(json);
        json.WriteEndObject();
    }

    public static async Task Error(HttpResponse response, int status, string type, string message)
    {
        response.StatusCode = status;
        response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("status"u8, "error"u8);
        json.WriteString("errorType"u8, type);
        json.WriteString("error"u8, message);
        json.WriteEndObject();
    }
}
