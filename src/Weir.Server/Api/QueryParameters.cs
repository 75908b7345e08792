using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Weir.Engine.Time;

namespace Weir.Server.Api;

/// <summary>What a query is asked with: in the address, or in the form of a POST.</summary>
internal sealed class QueryParameters(IQueryCollection address, IFormCollection? form)
{
    public string Query => Required("query", "an expression such as cpu or rate(requests[5m])");

    public static async Task<QueryParameters> ReadAsync(HttpRequest request)
    {
        if (!HttpMethods.IsPost(request.Method)) return new(request.Query, null);
        if (!request.HasFormContentType) throw new ArgumentException("A POST carries its parameters as application/x-www-form-urlencoded.");
        try
        {
            return new(request.Query, await request.ReadFormAsync(request.HttpContext.RequestAborted));
        }
        catch (InvalidDataException e)
        {
            throw new ArgumentException($"The form cannot be read: {e.Message}", e);
        }
    }

    public IEnumerable<string> All(string name) => Values(name).OfType<string>();

    public long Time(string name) => ReadTime(Required(name, "Unix seconds or RFC 3339"), name);

    public long TimeOr(string name, long otherwise) => Values(name).ToString() is { Length: > 0 } text ? ReadTime(text, name) : otherwise;

    public long Step(string name)
    {
        var text = Required(name, "seconds, or a duration such as 15s");
        return ReadDuration(text) ?? throw new ArgumentException($"\"{name}\" is '{text}'; allowed are seconds (15) and durations (15s, 1m).");
    }

    /// <summary>The timeout asked for, no longer than allowed.</summary>
    public Duration TimeoutOr(Duration max)
    {
        if (Values("timeout").ToString() is not { Length: > 0 } text) return max;
        var asked = ReadDuration(text) ?? throw new ArgumentException($"\"timeout\" is '{text}'; allowed are seconds (15) and durations (15s, 1m).");
        return Duration.FromNanoseconds(Math.Min(asked, max.Nanoseconds));
    }

    private StringValues Values(string name) => form is not null && form.TryGetValue(name, out var values) ? values : address[name];

    private string Required(string name, string allowed) =>
        Values(name).ToString() is { Length: > 0 } value ? value : throw new ArgumentException($"\"{name}\" is missing: {allowed}.");

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

    private static long? ReadDuration(string text)
    {
        if (Duration.TryParse(text, out var duration)) return duration.Nanoseconds;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0.000001 and < 1e9 ? (long)(seconds * 1e9) : null;
    }
}
