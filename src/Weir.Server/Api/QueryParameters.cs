using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Weir.Engine.Queries;
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

    public string? Text(string name) => Values(name).ToString() is { Length: > 0 } text ? text : null;

    /// <summary>Whether the client wants to know what the query cost: <c>stats=all</c>.</summary>
    public bool WantsStatistics => Text("stats") is not null;

    /// <summary>Unix nanoseconds, in whole milliseconds as in Prometheus; null where it is not given.</summary>
    public long? Time(string name) => Text(name) is { } text ? ReadTime(text, name) : null;

    public long RequiredTime(string name) => ReadTime(Required(name, "Unix seconds or RFC 3339"), name);

    /// <summary>Nanoseconds, a millisecond at least: answers tell times no finer.</summary>
    public long Step(string name)
    {
        var step = ReadDuration(Required(name, "seconds, or a duration such as 15s"), name);
        return step.Nanoseconds >= UnixTime.NanosecondsPerMillisecond ? step.Nanoseconds : throw new ArgumentException($"\"{name}\" is {step}; a millisecond (0.001) is the least.");
    }

    /// <summary>Entries of a list, no more than allowed; 0 asks for as many as there may be.</summary>
    public int LimitOr(int max)
    {
        if (Text("limit") is not { } text) return max;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit)) throw new ArgumentException($"\"limit\" is '{text}'; allowed are whole numbers from 0.");
        return limit == 0 ? max : Math.Min(limit, max);
    }

    /// <summary>The timeout asked for, no longer than allowed.</summary>
    public Duration TimeoutOr(Duration max)
    {
        if (Text("timeout") is not { } text) return max;
        var asked = ReadDuration(text, "timeout");
        return asked < max ? asked : max;
    }

    /// <summary>A time in Unix nanoseconds, rounded to milliseconds.</summary>
    public static long WholeMilliseconds(long time)
    {
        const long half = UnixTime.NanosecondsPerMillisecond / 2;
        var past = ((time + half) % UnixTime.NanosecondsPerMillisecond + UnixTime.NanosecondsPerMillisecond) % UnixTime.NanosecondsPerMillisecond;
        return time + half - past;
    }

    private StringValues Values(string name) => form is not null && form.TryGetValue(name, out var values) ? values : address[name];

    private string Required(string name, string allowed) =>
        Values(name).ToString() is { Length: > 0 } value ? value : throw new ArgumentException($"\"{name}\" is missing: {allowed}.");

    private static long ReadTime(string text, string name)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && Math.Abs(seconds) * 1000 <= UnixTime.MillisecondsMax)
        {
            return UnixTime.FromMilliseconds(Math.Round(seconds * 1000));
        }
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time.Year is > 1678 and < 2261
            ? WholeMilliseconds(UnixTime.FromDateTime(time))
            : throw new ArgumentException($"\"{name}\" is '{text}'; allowed are Unix seconds (1732147200) and RFC 3339 (2024-11-21T00:00:00Z).");
    }

    private static Duration ReadDuration(string text, string name) => PromqlText.TryReadDuration(text, out var duration)
        ? duration
        : throw new ArgumentException($"\"{name}\" is '{text}'; allowed are seconds (15) and durations (15s, 1h30m), longer than nothing.");
}
