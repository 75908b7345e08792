using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Weir.Server.Api;

/// <summary>
/// Answers in the shape of Prometheus' HTTP interface: <c>{"status":"success","data":…}</c>, packed with gzip where the client takes it. What is written is sent
/// on as it gathers, and waits for a client that does not keep up.
/// </summary>
internal sealed class JsonAnswer : IAsyncDisposable
{
    /// <summary>Written so far before it is sent on: what an answer holds in memory beside its result.</summary>
    private const int UnsentMax = 64 << 10;

    // Prometheus leaves signs such as + as they are. Nothing of this is ever read as a page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly CancellationToken _aborted;
    private readonly GZipStream? _packed;

    private JsonAnswer(HttpContext context)
    {
        _aborted = context.RequestAborted;
        var response = context.Response;
        response.ContentType = "application/json";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.Vary = "Accept-Encoding";
        if (TakesGzip(context.Request))
        {
            response.Headers.ContentEncoding = "gzip";
            _packed = new GZipStream(response.Body, CompressionLevel.Fastest, leaveOpen: true);
        }
        Json = new Utf8JsonWriter(_packed ?? response.Body, Options);
    }

    public Utf8JsonWriter Json { get; }

    public static async Task SuccessAsync(HttpContext context, Func<JsonAnswer, Task> writeData, IReadOnlyList<string>? warnings = null)
    {
        await using var answer = new JsonAnswer(context);
        answer.Json.WriteStartObject();
        answer.Json.WriteString("status"u8, "success"u8);
        answer.Json.WritePropertyName("data"u8);
        await writeData(answer);
        if (warnings is { Count: > 0 })
        {
            answer.Json.WriteStartArray("warnings"u8);
            foreach (var warning in warnings) answer.Json.WriteStringValue(warning);
            answer.Json.WriteEndArray();
        }
        answer.Json.WriteEndObject();
    }

    public static async Task ErrorAsync(HttpContext context, int status, string type, string message)
    {
        context.Response.StatusCode = status;
        await using var answer = new JsonAnswer(context);
        answer.Json.WriteStartObject();
        answer.Json.WriteString("status"u8, "error"u8);
        answer.Json.WriteString("errorType"u8, type);
        answer.Json.WriteString("error"u8, message);
        answer.Json.WriteEndObject();
    }

    /// <summary>Sends what has gathered when it is much.</summary>
    public async ValueTask SendAsync()
    {
        if (Json.BytesPending >= UnsentMax) await Json.FlushAsync(_aborted);
    }

    public async ValueTask DisposeAsync()
    {
        await Json.DisposeAsync();
        if (_packed is not null) await _packed.DisposeAsync();
    }

    private static bool TakesGzip(HttpRequest request) =>
        request.GetTypedHeaders().AcceptEncoding.Any(encoding => encoding.Value.Equals("gzip", StringComparison.OrdinalIgnoreCase) && encoding.Quality != 0);
}
