using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Weir.Engine;
using Weir.Engine.Queries;
using Weir.Engine.Series;

namespace Weir.Server.Api;

/// <summary>
/// What series there are, in the shapes of Prometheus: <c>/api/v1/series</c>, <c>/api/v1/labels</c>, <c>/api/v1/label/NAME/values</c> and
/// <c>/api/v1/metadata</c>. <c>match[]</c> narrows them to selectors, <c>start</c> and <c>end</c> to series with points in between, <c>limit</c> to so many.
/// </summary>
internal sealed class SeriesEndpoints(TimeSeriesEngine engine, QueryExecution execution)
{
    /// <summary>Entries of one list; <c>limit</c> may ask for fewer.</summary>
    public const int EntriesMax = 10_000;

    private readonly QueryEngine _queries = new(engine.Catalog);

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/api/v1/series", QueryEndpoints.Methods, context => execution.AnswerAsync(context, ListSeries));
        endpoints.MapMethods("/api/v1/labels", QueryEndpoints.Methods, context => execution.AnswerAsync(context, ListLabels));
        endpoints.MapGet("/api/v1/label/{name}/values", context => execution.AnswerAsync(context, (parameters, cancellation) => ListValues((string)context.Request.RouteValues["name"]!, parameters, cancellation)));
        endpoints.MapGet("/api/v1/metadata", context => execution.AnswerAsync(context, ListMetadata));
    }

    private QueryReply ListSeries(QueryParameters parameters, CancellationToken cancellation)
    {
        if (!parameters.All("match[]").Any()) throw new ArgumentException("\"match[]\" is missing: a selector such as up or {job=\"api\"}; {__name__=~\".+\"} is all series.");
        var labels = Selected(parameters, cancellation).Select(series => QueryLabels.Of(series.Key)).Order(QueryLabels.Order);
        return Reply(labels, parameters, static (json, one) => QueryAnswer.WriteMetric(json, one));
    }

    private QueryReply ListLabels(QueryParameters parameters, CancellationToken cancellation)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var series in Selected(parameters, cancellation))
        {
            names.Add(SeriesKey.NameLabel);
            foreach (var label in series.Key.Labels) names.Add(label.Name);
        }
        return Reply(names, parameters, static (json, name) => json.WriteStringValue(name));
    }

    private QueryReply ListValues(string name, QueryParameters parameters, CancellationToken cancellation)
    {
        if (name.Any(SeriesKey.NameLacks.Contains)) throw new ArgumentException($"'{name}' is no name of a label.");
        var values = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var series in Selected(parameters, cancellation))
        {
            var value = name == SeriesKey.NameLabel ? series.Key.Name : series.Key.LabelValue(name);
            if (value is { Length: > 0 }) values.Add(value);
        }
        return Reply(values, parameters, static (json, value) => json.WriteStringValue(value));
    }

    /// <summary>The kind of each name. A histogram's quantiles are gauges of the same name, so that it is a histogram if any of its series is.</summary>
    private QueryReply ListMetadata(QueryParameters parameters, CancellationToken cancellation)
    {
        var asked = parameters.Text("metric");
        var kinds = new SortedDictionary<string, SeriesKind>(StringComparer.Ordinal);
        foreach (var series in _queries.Find([], cancellation: cancellation))
        {
            var name = series.Key.Name;
            if (asked is null || asked == name) kinds[name] = kinds.TryGetValue(name, out var known) && known > series.Kind ? known : series.Kind;
        }
        var max = parameters.LimitOr(EntriesMax);
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

    private IReadOnlyList<TimeSeries> Selected(QueryParameters parameters, CancellationToken cancellation)
    {
        var (from, to) = (parameters.Time("start"), parameters.Time("end"));
        if (from > to) throw new ArgumentException("\"end\" lies before \"start\".");
        return _queries.Find(parameters.All("match[]"), from, to, cancellation);
    }

    private static QueryReply Reply<T>(IEnumerable<T> entries, QueryParameters parameters, Action<Utf8JsonWriter, T> write)
    {
        var max = parameters.LimitOr(EntriesMax);
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

    private static string[] Truncated(bool isTruncated) => isTruncated ? ["results truncated due to limit"] : [];
}
