using System.Text;
using Microsoft.AspNetCore.Http;
using Weir.Server.Api;

namespace Weir.Tests.Server.Http;

public sealed class QueryExecutionTests
{
    private static readonly QueryReply Empty = new(
        answer =>
        {
            answer.Json.WriteStartArray();
            answer.Json.WriteEndArray();
            return Task.CompletedTask;
        },
        []);

    [Fact]
    public async Task Query_over_the_limit_is_refused_and_those_within_it_are_answered()
    {
        await using var execution = new QueryExecution(TimeProvider.System);
        using var goOn = new ManualResetEventSlim();
        using var computing = new CountdownEvent(QueryExecution.RunningMax);
        var running = Enumerable.Range(0, QueryExecution.RunningMax).Select(_ => Task.Factory.StartNew(
            () => AskAsync(execution, () =>
            {
                computing.Signal();
                goOn.Wait(ServerStage.Patience);
            }).GetAwaiter().GetResult(),
            ServerStage.Patience, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        computing.Wait(ServerStage.Patience);

        var waiting = Enumerable.Range(0, QueryExecution.WaitingMax).Select(_ => AskAsync(execution, () => { })).ToArray();
        Assert.All(waiting, task => Assert.False(task.IsCompleted));
        var (context, refused) = await AskAsync(execution, () => Assert.Fail("It is computed."));
        Assert.Equal(StatusCodes.Status503ServiceUnavailable, context.Response.StatusCode);
        Assert.Equal("1", context.Response.Headers.RetryAfter);
        Assert.Contains("8 queries are being computed and 64 wait", refused, StringComparison.Ordinal);

        goOn.Set();
        foreach (var (answered, text) in await Task.WhenAll([.. running, .. waiting]))
        {
            Assert.Equal(StatusCodes.Status200OK, answered.Response.StatusCode);
            Assert.Equal("""{"status":"success","data":[]}""", text);
        }
        var (last, _) = await AskAsync(execution, () => { });
        Assert.Equal(StatusCodes.Status200OK, last.Response.StatusCode);
    }

    [Fact]
    public async Task Query_that_failed_leaves_its_place()
    {
        await using var execution = new QueryExecution(TimeProvider.System);
        for (var i = 0; i < 3 * QueryExecution.RunningMax; i++)
        {
            var (context, _) = await AskAsync(execution, () => throw new ArgumentException("no"));
            Assert.Equal(StatusCodes.Status400BadRequest, context.Response.StatusCode);
        }
    }

    private static async Task<(HttpContext Context, string Text)> AskAsync(QueryExecution execution, Action compute)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { Request = { Method = "GET" }, Response = { Body = body } };
        await execution.AnswerAsync(context, (_, _) =>
        {
            compute();
            return Empty;
        });
        return (context, Encoding.UTF8.GetString(body.ToArray()));
    }
}
