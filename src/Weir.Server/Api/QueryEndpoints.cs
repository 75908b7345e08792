using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weir.Engine;
using Weir.Engine.Queries;
using Weir.Engine.Series;
using Weir.Engine.Time;

namespace Weir.Server.Api;

/// <summary>
/// <c>/api/v1/query</c>, <c>/api/v1/query_range</c> and <c>/api/v1/series</c> in the shapes of Prometheus
/// (https://prometheus.io/docs/prometheus/latest/querying/api/), by GET or by a form; queries are those of <see cref="QueryEngine"/>.
/// </summary>
internal sealed class QueryEndpoints(TimeSeriesEngine engine)
{
    /// <summary>Series in one list.</summary>
    public const int SeriesMax = 10_000;

    /// <summary>How long a query may compute; <c>timeout</c> may ask for less.</summary>
    public static readonly Duration TimeoutMax = "30s";

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Post];

    private readonly QueryEngine _queries = new(engine.Catalog);

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/api/v1/series", Methods, context => Answer(context, ListSeries));
        endpoints.MapMethods("/api/v1/query", Methods, context => Answer(context, QueryInstant));
        endpoints.MapMethods("/api/v1/query_range", Methods, context => Answer(context, QueryRange));
    }

    private Func<Utf8JsonWriter, Task> ListSeries(HttpResponse response, QueryParameters parameters, CancellationToken cancellation)
    {
        var selectors = parameters.All("match[]").Select(Selector.Parse).ToArray();
        var selected = engine.Catalog.All.Where(IsSelected).Take(SeriesMax).ToArray();
        return json => QueryAnswer.WriteSeriesAsync(response, json, selected);

        bool IsSelected(TimeSeries series)
        {
            cancellation.ThrowIfCancellationRequested();
            return selectors.Length == 0 || Array.Exists(selectors, selector => selector.Matches(series.Key));
        }
    }

    private Func<Utf8JsonWriter, Task> QueryInstant(HttpResponse response, QueryParameters parameters, CancellationToken cancellation)
    {
        var time = parameters.TimeOr("time", UnixTime.Now(engine.Time));
        var result = _queries.Instant(parameters.Query, time, cancellation);
        return json => QueryAnswer.WriteInstantAsync(response, json, result, time);
    }

    private Func<Utf8JsonWriter, Task> QueryRange(HttpResponse response, QueryParameters parameters, CancellationToken cancellation)
    {
        var (query, start, end, step) = (parameters.Query, parameters.Time("start"), parameters.Time("end"), parameters.Step("step"));
        var result = _queries.Range(query, start, end, step, cancellation);
        return json => QueryAnswer.WriteRangeAsync(response, json, result);
    }

    private async Task Answer(HttpContext context, Func<HttpResponse, QueryParameters, CancellationToken, Func<Utf8JsonWriter, Task>> read)
    {
        Func<Utf8JsonWriter, Task> write;
        try
        {
            var parameters = await QueryParameters.ReadAsync(context.Request);
            using var timeout = new CancellationTokenSource(parameters.TimeoutOr(TimeoutMax).ToTimeSpan(), engine.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, context.RequestAborted);
            write = read(context.Response, parameters, either.Token);
        }
        catch (QueryException e) when (e.IsExecution)
        {
            await JsonAnswer.Error(context.Response, StatusCodes.Status422UnprocessableEntity, "execution", e.Message);
            return;
        }
        catch (ArgumentException e)
        {
            await JsonAnswer.Error(context.Response, StatusCodes.Status400BadRequest, "bad_data", e.Message);
            return;
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            await JsonAnswer.Error(context.Response, StatusCodes.Status503ServiceUnavailable, "timeout", "The query took too long. Select fewer series or points, or widen the step.");
            return;
        }
        await JsonAnswer.Success(context.Response, write);
    }
}
