using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weir.Server.Gateway;
using Weir.Server.Hosting;

namespace Weir.Server.Api;

/// <summary>
/// What clients of Prometheus ask beside queries: the version, whether the server is up, and rules, alerts and exemplars, of which there are none here.
/// </summary>
internal sealed class StatusEndpoints(ViewerGateway gateway, QueryExecution execution)
{
    /// <summary>Clients choose by it what they may ask: this is the version whose interface is here.</summary>
    private const string PrometheusVersion = "2.42.0";

    private static readonly string Version = typeof(StatusEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    public void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/v1/status/buildinfo", context => Object(context, ("version", PrometheusVersion), ("revision", Version), ("branch", ""), ("buildUser", ""), ("buildDate", ""), ("goVersion", ""), ("application", "Weir")));
        endpoints.MapGet("/api/v1/rules", context => EmptyList(context, "groups"));
        endpoints.MapGet("/api/v1/alerts", context => EmptyList(context, "alerts"));
        endpoints.MapMethods("/api/v1/query_exemplars", QueryEndpoints.Methods, context => execution.AnswerAsync(context, NoExemplars));
        endpoints.MapGet("/-/healthy", context => context.Response.Answer(StatusCodes.Status200OK, "Weir is healthy.\n"));
        endpoints.MapGet("/-/ready", context => gateway.IsRunning
            ? context.Response.Answer(StatusCodes.Status200OK, "Weir is ready.\n")
            : context.Response.Answer(StatusCodes.Status503ServiceUnavailable, "Weir is stopping.\n"));
    }

    private static Task Object(HttpContext context, params (string Name, string Value)[] members) => JsonAnswer.SuccessAsync(context, answer =>
    {
        answer.Json.WriteStartObject();
        foreach (var (name, value) in members) answer.Json.WriteString(name, value);
        answer.Json.WriteEndObject();
        return Task.CompletedTask;
    });

    private static Task EmptyList(HttpContext context, string name) => JsonAnswer.SuccessAsync(context, answer =>
    {
        answer.Json.WriteStartObject();
        answer.Json.WriteStartArray(name);
        answer.Json.WriteEndArray();
        answer.Json.WriteEndObject();
        return Task.CompletedTask;
    });

    /// <summary>Points carry none; what is asked is looked at all the same.</summary>
    private static QueryReply NoExemplars(QueryParameters parameters, CancellationToken cancellation)
    {
        _ = parameters.Query;
        if (parameters.Time("start") > parameters.Time("end")) throw new ArgumentException("\"end\" lies before \"start\".");
        return new(
            answer =>
            {
                answer.Json.WriteStartArray();
                answer.Json.WriteEndArray();
                return Task.CompletedTask;
            },
            []);
    }
}
