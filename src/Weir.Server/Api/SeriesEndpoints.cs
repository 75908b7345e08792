using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weir.Engine.Queries;
using Weir.Engine.Series;
using Weir.Server.Access;

namespace Weir.Server.Api;

/// <summary>
/// What series there are, in the shapes of Prometheus: <c>/api/v1/series</c>, <c>/api/v1/labels</c>, <c>/api/v1/label/NAME/values</c> and
/// <c>/api/v1/metadata</c>. <c>match[]</c> narrows them to selectors, <c>start</c> and <c>end</c> to series with points in between, <c>limit</c> to so many.
/// </summary>
internal sealed class SeriesEndpoints(ServerAccess access, QueryExecution execution)
{
    /// <summary>Entries of one list; <c>limit</c> may ask for fewer.</summary>
    public const int EntriesMax = 10_000;

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/api/v1/series", QueryEndpoints.Methods, context => AnswerAsync(context, ListSeries));
        endpoints.MapMethods("/api/v1/labels", QueryEndpoints.Methods, context => AnswerAsync(context, ListLabels));
        endpoints.MapGet("/api/v1/label/{name}/values", context => AnswerAsync(context, asked => ListValues((string)context.Request.RouteValues["name"]!, asked)));
        endpoints.MapGet("/api/v1/metadata", context => AnswerAsync(context, ListMetadata));
    }

    private Task AnswerAsync(HttpContext context, Func<Asked, QueryReply> read) =>
        execution.AnswerAsync(context, (parameters, cancellation) => read(new(access.Queries(context), parameters, cancellation)));

    private static QueryReply ListSeries(Asked asked)
    {
        if (!asked.Parameters.All("match[]").Any()) throw new ArgumentException("\"match[]\" is missing: a selector such as up or {job=\"api\"}; {__name__=~\".+\"} is all series.");
        var labels = Selected(asked).Select(series => QueryLabels.Of(series.Key)).Order(QueryLabels.Order);
        return Reply(labels, asked, static (json, one) => QueryAnswer.WriteMetric(json, one));
    }

    private static QueryReply ListLabels(Asked asked)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var series in Selected(asked))
        {
            names.Add(SeriesKey.NameLabel);
            foreach (var label in series.Key.Labels) names.Add(label.Name);
        }
        return Reply(names, asked, static (json, name) => json.WriteStringValue(name));
    }

    private static QueryReply ListValues(string name, Asked asked)
    {
        if (name.Any(SeriesKey.NameLacks.Contains)) throw new ArgumentException($"'{name}' is no name of a label.");
        var values = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var series in Selected(asked))
        {
            var value = name == SeriesKey.NameLabel ? series.Key.Name : series.Key.LabelValue(name);
            if (value is { Length: > 0 }) values.Add(value);
        }
        return Reply(values, asked, static (json, value) => json.WriteStringValue(value));
    }

    /// <summary>The kind of each name. A histogram's quantiles are gauges of the same name, so that it is a histogram if any of its series is.</summary>
    private static QueryReply ListMetadata(Asked asked)
    {
        var wanted = asked.Parameters.Text("metric");
        var kinds = new SortedDictionary<string, SeriesKind>(StringComparer.Ordinal);
        foreach (var series in asked.Queries.Find([], cancellation: asked.Cancellation))
        {
            var name = series.Key.Name;
            if (wanted is null || wanted == name) kinds[name] = kinds.TryGetValue(name, out var known) && known > series.Kind ? known : series.Kind;
        }
        var max = asked.Parameters.LimitOr(EntriesMax);
        return new(
            async answer =>
            {
                answer.Json.WriteStartObject();
                foreach (var (name, kind) in kinds.Take(max))
                {
                    answer.Json.WriteStartArray(name);
                    answer.Json.WriteStartObject();
                    answer.Json.WriteString("type"u8, kind.ToString().ToLowerInvariant());
                    // Neither travels with points.
                    answer.Json.WriteString("unit"u8, ""u8);
                    answer.Json.WriteString("help"u8, ""u8);
                    answer.Json.WriteEndObject();
                    answer.Json.WriteEndArray();
                    await answer.SendAsync();
                }
                answer.Json.WriteEndObject();
            },
            Truncated(kinds.Count > max));
    }

    private static IReadOnlyList<TimeSeries> Selected(Asked asked)
    {
        var (from, to) = (asked.Parameters.Time("start"), asked.Parameters.Time("end"));
        if (from > to) throw new ArgumentException("\"end\" lies before \"start\".");
        return asked.Queries.Find(asked.Parameters.All("match[]"), from, to, asked.Cancellation);
    }

    private static QueryReply Reply<T>(IEnumerable<T> entries, Asked asked, Action<Utf8JsonWriter, T> write)
    {
        var max = asked.Parameters.LimitOr(EntriesMax);
        var kept = entries.Take(max + 1).ToArray();
        return new(
            async answer =>
            {
                answer.Json.WriteStartArray();
                foreach (var entry in kept.Take(max))
                {
                    write(answer.Json, entry);
                    await answer.SendAsync();
                }
                answer.Json.WriteEndArray();
            },
            Truncated(kept.Length > max));
    }

    /// <summary>What was asked, and the series that there are for who asks.</summary>
    private readonly record struct Asked(QueryEngine Queries, QueryParameters Parameters, CancellationToken Cancellation);

    private static string[] Truncated(bool isTruncated) => isTruncated ? ["results truncated due to limit"] : [];
}
