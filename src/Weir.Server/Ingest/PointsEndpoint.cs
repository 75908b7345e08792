using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;
using Weir.Engine.Ingest;
using Weir.Server.Access;
using Weir.Server.Hosting;
using Weir.Server.Security;

namespace Weir.Server.Ingest;

/// <summary><c>POST /api/v1/points</c>: JSON or NDJSON, gzip or plain.</summary>
internal sealed class PointsEndpoint(ServerAccess access, ServerOptions options)
{
    /// <summary>Decoders kept for the next request, each with the series it knows. More requests at once make decoders of their own.</summary>
    private const int DecodersKept = 4;

    private readonly ConcurrentBag<JsonPointDecoder> _decoders = [];

    public void Map(IEndpointRouteBuilder endpoints) => endpoints.MapPost("/api/v1/points", Handle);

    private async Task Handle(HttpContext context)
    {
        if (!OriginCheck.IsSameOrigin(context.Request))
        {
            await context.Response.Answer(StatusCodes.Status403Forbidden, $"The origin '{context.Request.Headers.Origin}' may not send here.").ConfigureAwait(false);
            return;
        }
        if (MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && type.Charset is { HasValue: true, Value: var charset }
            && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) && !charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase))
        {
            await context.Response.Answer(StatusCodes.Status415UnsupportedMediaType, $"Charset '{charset}' is not known; send UTF-8.").ConfigureAwait(false);
            return;
        }
        var encoding = context.Request.Headers.ContentEncoding.ToString().ToLowerInvariant();
        if (encoding is not ("" or "identity" or "gzip"))
        {
            await context.Response.Answer(StatusCodes.Status415UnsupportedMediaType, $"Content-Encoding '{encoding}' is not known; send gzip or plain.").ConfigureAwait(false);
            return;
        }
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = options.IngestBytesMax;
        var result = new IngestResult();
        var decoder = _decoders.TryTake(out var free) ? free : new JsonPointDecoder();
        using var body = new RequestBody(options.IngestBytesMax);
        try
        {
            await body.ReadAsync(context.Request.Body, encoding == "gzip", context.RequestAborted).ConfigureAwait(false);
            decoder.Decode(body.Bytes, access.Sink(context), result);
        }
        catch (BodyTooLargeException)
        {
            await context.Response.Answer(StatusCodes.Status413PayloadTooLarge, $"A request has at most {options.IngestBytesMax} bytes, unpacked. Send several.").ConfigureAwait(false);
            return;
        }
        catch (InvalidDataException)
        {
            await context.Response.Answer(StatusCodes.Status400BadRequest, "The body says it is gzip and is not.").ConfigureAwait(false);
            return;
        }
        finally
        {
            if (_decoders.Count < DecodersKept) _decoders.Add(decoder);
        }
        await Answer(context.Response, result).ConfigureAwait(false);
    }

    private static async Task Answer(HttpResponse response, IngestResult result)
    {
        if (result.NoRoom > 0) response.Headers.RetryAfter = "1";
        response.StatusCode = result switch
        {
            { NoRoom: > 0 } => StatusCodes.Status429TooManyRequests,
            { Accepted: 0, Rejected: > 0 } => StatusCodes.Status400BadRequest,
            _ => StatusCodes.Status200OK,
        };
        response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(response.BodyWriter);
        json.WriteStartObject();
        json.WriteNumber("accepted"u8, result.Accepted);
        json.WriteNumber("rejected"u8, result.Rejected);
        if (result.NoRoom > 0) json.WriteNumber("noRoom"u8, result.NoRoom);
        json.WriteStartArray("errors"u8);
        foreach (var (position, message) in result.Errors)
        {
            json.WriteStartObject();
            json.WriteNumber("line"u8, position);
            json.WriteString("message"u8, message);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
