using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weir.Engine;
using Weir.Engine.Queries;
using Weir.Engine.Time;

namespace Weir.Server.Api;

/// <summary>
/// <c>/api/v1/query</c> and <c>/api/v1/query_range</c> in the shapes of Prometheus (https://prometheus.io/docs/prometheus/latest/querying/api/), by GET or by a
/// form; queries are those of <see cref="QueryEngine"/>.
/// </summary>
internal sealed class QueryEndpoints(TimeSeriesEngine engine, QueryExecution execution)
{
    public static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post];

    private readonly QueryEngine _queries = new(engine.Catalog);

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/api/v1/query", Methods, context => execution.AnswerAsync(context, QueryInstant));
        endpoints.MapMethods("/api/v1/query_range", Methods, context => execution.AnswerAsync(context, QueryRange));
    }

    private QueryReply QueryInstant(QueryParameters parameters, CancellationToken cancellation)
    {
        var time = parameters.Time("time") ?? QueryParameters.WholeMilliseconds(UnixTime.Now(engine.Time));
        var begin = engine.Time.GetTimestamp();
        var result = _queries.Instant(parameters.Query, time, cancellation);
        var took = parameters.WantsStatistics ? engine.Time.GetElapsedTime(begin) : (TimeSpan?)null;
        return new(answer => QueryAnswer.WriteInstantAsync(answer, result, time, took), result.Warnings);
    }

    private QueryReply QueryRange(QueryParameters parameters, CancellationToken cancellation)
    {
        var (query, start, end, step) = (parameters.Query, parameters.RequiredTime("start"), parameters.RequiredTime("end"), parameters.Step("step"));
        var begin = engine.Time.GetTimestamp();
        var result = _queries.Range(query, start, end, step, cancellation);
        var took = parameters.WantsStatistics ? engine.Time.GetElapsedTime(begin) : (TimeSpan?)null;
        return new(answer => QueryAnswer.WriteRangeAsync(answer, result, took), result.Warnings);
    }
}
