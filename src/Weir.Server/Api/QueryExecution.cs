using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Weir.Engine.Queries;
using Weir.Engine.Time;

namespace Weir.Server.Api;

/// <summary>What a request is answered with.</summary>
/// <param name="WriteData">Writes what stands behind <c>"data":</c>.</param>
/// <param name="Warnings">What the client should know beside it.</param>
internal sealed record QueryReply(Func<JsonAnswer, Task> WriteData, IReadOnlyList<string> Warnings);

/// <summary>
/// Runs what clients ask of the series: so many at a time, the others wait their turn, and each within its time. Errors become answers in Prometheus' shape.
/// </summary>
internal sealed class QueryExecution(TimeProvider time) : IAsyncDisposable
{
    /// <summary>Queries that compute at once, each within the limits of <see cref="QueryOptions"/>.</summary>
    public const int RunningMax = 8;

    /// <summary>Queries that wait for one of those to end; more are answered 503 at once.</summary>
    public const int WaitingMax = 64;

    /// <summary>How long a query may wait and compute; <c>timeout</c> may ask for less.</summary>
    public static readonly Duration TimeoutMax = "30s";

    private readonly ConcurrencyLimiter _turns = new(new() { PermitLimit = RunningMax, QueueLimit = WaitingMax, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    public async Task AnswerAsync(HttpContext context, Func<QueryParameters, CancellationToken, QueryReply> read)
    {
        QueryReply reply;
        try
        {
            var parameters = await QueryParameters.ReadAsync(context.Request);
            using var timeout = new CancellationTokenSource(parameters.TimeoutOr(TimeoutMax).ToTimeSpan(), time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, context.RequestAborted);
            using var turn = await _turns.AcquireAsync(cancellationToken: either.Token);
            if (!turn.IsAcquired)
            {
                context.Response.Headers.RetryAfter = "1";
                await JsonAnswer.ErrorAsync(
                    context, StatusCodes.Status503ServiceUnavailable, "unavailable", $"{RunningMax} queries are being computed and {WaitingMax} wait, which is all that may. Ask again later.");
                return;
            }
            reply = read(parameters, either.Token);
        }
        catch (QueryException e) when (e.IsExecution)
        {
            await JsonAnswer.ErrorAsync(context, StatusCodes.Status422UnprocessableEntity, "execution", e.Message);
            return;
        }
        catch (ArgumentException e)
        {
            await JsonAnswer.ErrorAsync(context, StatusCodes.Status400BadRequest, "bad_data", e.Message);
            return;
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            await JsonAnswer.ErrorAsync(context, StatusCodes.Status503ServiceUnavailable, "timeout", "The query took too long. Select fewer series or points, or widen the step.");
            return;
        }
        await JsonAnswer.SuccessAsync(context, reply.WriteData, reply.Warnings);
    }

    public ValueTask DisposeAsync() => _turns.DisposeAsync();
}
