using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weir.Engine.Queries;
using Weir.Engine.Time;
using Weir.Server.Access;

namespace Weir.Server.Api;

/// <summary>
/// <c>/api/v1/query</c> and <c>/api/v1/query_range</c> in the shapes of Prometheus (https://prometheus.io/docs/prometheus/latest/querying/api/), by GET or by a
/// form; queries are those of <see cref="QueryEngine"/>.
/// </summary>
internal sealed class QueryEndpoints(ServerAccess access, QueryExecution execution, TimeProvider clock)
{
    public static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post];

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/api/v1/query", Methods, context => execution.AnswerAsync(context, (parameters, cancellation) => QueryInstant(access.Queries(context), parameters, cancellation)));
        endpoints.MapMethods("/api/v1/query_range", Methods, context => execution.AnswerAsync(context, (parameters, cancellation) => QueryRange(access.Queries(context), parameters, cancellation)));
    }

    private QueryReply QueryInstant(QueryEngine queries, QueryParameters parameters, CancellationToken cancellation)
    {
        var time = parameters.Time("time") ?? QueryParameters.WholeMilliseconds(UnixTime.Now(clock));
        var begin = clock.GetTimestamp();
        var result = queries.Instant(parameters.Query, time, cancellation);
        var took = parameters.WantsStatistics ? clock.GetElapsedTime(begin) : (TimeSpan?)null;
        return new(answer => QueryAnswer.WriteInstantAsync(answer, result, time, took), result.Warnings);
    }

    private QueryReply QueryRange(QueryEngine queries, QueryParameters parameters, CancellationToken cancellation)
    {
        var (query, start, end, step) = (parameters.Query, parameters.RequiredTime("start"), parameters.RequiredTime("end"), parameters.Step("step"));
        var begin = clock.GetTimestamp();
        var result = queries.Range(query, start, end, step, cancellation);
        var took = parameters.WantsStatistics ? clock.GetElapsedTime(begin) : (TimeSpan?)null;
        return new(answer => QueryAnswer.WriteRangeAsync(answer, result, took), result.Warnings);
    }
}
