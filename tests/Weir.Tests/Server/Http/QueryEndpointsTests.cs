using System.Net;
using System.Text.Json;
using Weir.Engine.Queries;
using Weir.Engine.Series;

namespace Weir.Tests.Server.Http;

/// <summary>The shapes of Prometheus; what queries give is told in tests/golden/promql.</summary>
public sealed class QueryEndpointsTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public async Task Range_is_a_matrix()
    {
        await using var stage = await ServerStage.StartAsync(running: false);
        var cpu = stage.Engine.Resolve(new SeriesKey("cpu", new Label("core", "0")));
        stage.Engine.Append(cpu, [100 * Second, 110 * Second, 120 * Second, 500 * Second], [1, double.PositiveInfinity, double.NaN, 2.5]);
        stage.Engine.RunRound();
        // A gap ends the one before it, and a value counts for less than five minutes.
        await AssertData(
            stage, "query_range?query=cpu&start=95&end=125&step=10",
            """{"resultType":"matrix","result":[{"metric":{"__name__":"cpu","core":"0"},"values":[[105,"1"],[115,"+Inf"]]}]}""");
        await AssertData(
            stage, "query_range?query=cpu*2&start=505&end=1100&step=290s",
            """{"resultType":"matrix","result":[{"metric":{"core":"0"},"values":[[505,"5"],[795,"5"]]}]}""");
        await AssertData(stage, "query_range?query=1-1&start=1&end=1.5&step=0.5", """{"resultType":"matrix","result":[{"metric":{},"values":[[1,"0"],[1.5,"0"]]}]}""");
    }

    [Theory]
    [InlineData("query=total&time=130", """{"resultType":"vector","result":[{"metric":{"__name__":"total"},"value":[130,"30"]}]}""")]
    [InlineData("query=rate(total[30s])&time=1970-01-01T00:02:10Z", """{"resultType":"vector","result":[{"metric":{},"value":[130,"1"]}]}""")]
    [InlineData("query=total[20s]&time=130", """{"resultType":"matrix","result":[{"metric":{"__name__":"total"},"values":[[120,"20"],[130,"30"]]}]}""")]
    [InlineData("query=0/0&time=130&timeout=1s", """{"resultType":"scalar","result":[130,"NaN"]}""")]
    [InlineData("query=%22a%22&time=130", """{"resultType":"string","result":[130,"a"]}""")]
    [InlineData("query=nothing&time=130", """{"resultType":"vector","result":[]}""")]
    public async Task Instant_has_the_type_of_its_expression(string parameters, string expected)
    {
        await using var stage = await ServerStage.StartAsync(running: false);
        var total = stage.Engine.Resolve(new SeriesKey("total"));
        stage.Engine.Append(total, [100 * Second, 110 * Second, 120 * Second, 130 * Second], [0, 10, 20, 30]);
        stage.Engine.RunRound();
        await AssertData(stage, "query?" + parameters, expected);
    }

    /// <summary>Durations of several parts, numbers and times as Prometheus writes them.</summary>
    [Theory]
    [InlineData("query_range?query=time()&start=0&end=100&step=1m30s&timeout=1m5s", """{"resultType":"matrix","result":[{"metric":{},"values":[[0,"0"],[90,"90"]]}]}""")]
    [InlineData("query?query=1e20&time=1", """{"resultType":"scalar","result":[1,"100000000000000000000"]}""")]
    [InlineData("query?query=0.00001&time=1", """{"resultType":"scalar","result":[1,"0.00001"]}""")]
    [InlineData("query?query=-1/0&time=1", """{"resultType":"scalar","result":[1,"-Inf"]}""")]
    [InlineData("query?query=1/0&time=1795981960.1234567", """{"resultType":"scalar","result":[1795981960.123,"+Inf"]}""")]
    [InlineData("query?query=1&time=-0.0015001", """{"resultType":"scalar","result":[-0.002,"1"]}""")]
    [InlineData("query?query=1&time=1970-01-01T00:00:01.0005Z", """{"resultType":"scalar","result":[1.001,"1"]}""")]
    public async Task Answer_is_written_as_prometheus_writes_it(string address, string expected)
    {
        await using var stage = await ServerStage.StartAsync(running: false);
        Assert.Equal($"{{\"status\":\"success\",\"data\":{expected}}}", await stage.Http.GetStringAsync("/api/v1/" + address, ServerStage.Patience));
    }

    [Fact]
    public async Task Answer_tells_what_it_cost_and_what_is_doubtful()
    {
        await using var stage = await ServerStage.StartAsync(running: false);
        stage.Engine.Append(stage.Engine.Resolve(new SeriesKey("a_bucket", new Label("le", "low"))), [1 * Second, 2 * Second], [1, 2]);
        stage.Engine.RunRound();
        using var answer = JsonDocument.Parse(await stage.Http.GetStringAsync("/api/v1/query?query=histogram_quantile(2,a_bucket)&time=2&stats=all", ServerStage.Patience));
        var stats = answer.RootElement.GetProperty("data").GetProperty("stats");
        Assert.True(stats.GetProperty("timings").GetProperty("evalTotalTime").GetDouble() >= 0);
        Assert.True(stats.GetProperty("samples").GetProperty("totalQueryableSamples").GetInt64() >= 1);
        var warnings = answer.RootElement.GetProperty("warnings").EnumerateArray().Select(warning => warning.GetString()).ToArray();
        Assert.Contains("PromQL warning: quantile value should be between 0 and 1, got 2 (1:20)", warnings);
        Assert.Contains("PromQL warning: the label \"le\" of a_bucket{le=\"low\"} is no number: this is no bucket of a histogram (1:22)", warnings);
    }

    /// <summary>By labels, whatever order they came in; an instant that is ranked stays as it is.</summary>
    [Theory]
    [InlineData("query?query=level&time=1", "a b c")]
    [InlineData("query_range?query=level&start=1&end=1&step=1", "a b c")]
    [InlineData("query?query=topk(3,level)&time=1", "b c a")]
    [InlineData("query?query=sort(level)&time=1", "a c b")]
    public async Task Series_are_sorted(string address, string expected)
    {
        await using var stage = await ServerStage.StartAsync(running: false);
        foreach (var (name, value) in new[] { ("c", 2.0), ("a", 1.0), ("b", 3.0) }) stage.Engine.Append(stage.Engine.Resolve(new SeriesKey("level", new Label("n", name))), 1 * Second, value);
        stage.Engine.RunRound();
        using var answer = JsonDocument.Parse(await stage.Http.GetStringAsync("/api/v1/" + address, ServerStage.Patience));
        Assert.Equal(expected, string.Join(' ', answer.RootElement.GetProperty("data").GetProperty("result").EnumerateArray().Select(one => one.GetProperty("metric").GetProperty("n").GetString())));
    }

    [Fact]
    public async Task Instant_without_a_time_is_now()
    {
        await using var stage = await ServerStage.StartAsync(running: false);
        var cpu = stage.Engine.Resolve(new SeriesKey("cpu"));
        stage.Engine.Append(cpu, 7);
        stage.Engine.RunRound();
        Assert.Contains("\"7\"]", await stage.Http.GetStringAsync("/api/v1/query?query=cpu", ServerStage.Patience), StringComparison.Ordinal);
    }

    /// <summary>Larger than what is gathered before it is sent.</summary>
    [Fact]
    public async Task Long_answer_arrives_whole()
    {
        await using var stage = await ServerStage.StartAsync(running: false);
        foreach (var n in Enumerable.Range(0, 30)) stage.Engine.Append(stage.Engine.Resolve(new SeriesKey("cpu", new Label("n", $"{n}"))), 0, n);
        stage.Engine.RunRound();
        var answer = await stage.Http.GetStringAsync("/api/v1/query_range?query=cpu&start=0&end=299&step=0.1", ServerStage.Patience);
        Assert.True(answer.Length > 1_000_000);
        var result = JsonDocument.Parse(answer).RootElement.GetProperty("data").GetProperty("result");
        Assert.Equal(30, result.GetArrayLength());
        Assert.All(result.EnumerateArray(), series => Assert.Equal(2991, series.GetProperty("values").GetArrayLength()));
    }

    [Fact]
    public async Task Form_is_as_good_as_an_address()
    {
        await using var stage = await ServerStage.StartAsync(running: false);
        var cpu = stage.Engine.Resolve(new SeriesKey("cpu"));
        stage.Engine.Append(cpu, 100 * Second, 7);
        stage.Engine.RunRound();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["query"] = "cpu + 1", ["time"] = "101" });
        using var response = await stage.Http.PostAsync("/api/v1/query", form, ServerStage.Patience);
        AssertSame("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[101,"8"]}]}}""", await response.Content.ReadAsStringAsync(ServerStage.Patience));
        using var text = new StringContent("query=cpu");
        using var refused = await stage.Http.PostAsync("/api/v1/query", text, ServerStage.Patience);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Theory]
    [InlineData("query_range?query=cpu&start=0&end=11001&step=1", "11001 steps; at most 11000")]
    [InlineData("query_range?query=cpu&start=9&end=1&step=1", "\"end\" lies before")]
    [InlineData("query_range?query=cpu&start=0&end=1&step=0", "\"step\" is")]
    [InlineData("query_range?query=cpu&start=0&end=9999-12-31&step=1", "\"end\" is")]
    [InlineData("query_range?query=cpu&start=NaN&end=1&step=1", "\"start\" is")]
    [InlineData("query_range?query=%7B&start=0&end=1&step=1", "1:2: a label name or '}' is expected")]
    [InlineData("query_range?query=rat(cpu[5m])&start=0&end=1&step=1", "1:1: There is no function 'rat'; did you mean 'rate'?")]
    [InlineData("query_range?start=0&end=1&step=1", "\"query\" is missing")]
    [InlineData("query_range?query=cpu&start=-9200000000&end=9200000000&step=1", "steps; at most")]
    [InlineData("query?query=cpu&time=soon", "\"time\" is 'soon'")]
    [InlineData("query?query=cpu&timeout=soon", "\"timeout\" is 'soon'")]
    [InlineData("series?match[]=%7B", "1:2: a label name or '}' is expected")]
    public async Task Wrong_query_is_answered_in_prometheus_shape(string address, string says) => await AssertError(address, HttpStatusCode.BadRequest, "bad_data", says);

    [Fact]
    public async Task Query_that_cannot_be_computed_is_no_bad_data() =>
        await AssertError("query?query=a+%2B+on()+b&time=1", HttpStatusCode.UnprocessableEntity, "execution", "1:3: Several series on the right");

    /// <summary>The clock lets one length of time pass at once and no other: so the test tells which timeout was set, and waits for none.</summary>
    [Theory]
    [InlineData("", 30, HttpStatusCode.ServiceUnavailable)]
    [InlineData("", 29, HttpStatusCode.OK)]
    [InlineData("&timeout=7s", 7, HttpStatusCode.ServiceUnavailable)]
    [InlineData("&timeout=2.5", 2.5, HttpStatusCode.ServiceUnavailable)]
    [InlineData("&timeout=8s", 7, HttpStatusCode.OK)]
    [InlineData("&timeout=1h", 30, HttpStatusCode.ServiceUnavailable)]
    public async Task Query_that_takes_too_long_is_answered_503(string timeout, double passedSeconds, HttpStatusCode expected)
    {
        await using var stage = await ServerStage.StartAsync(running: false, time: new ImpatientClock(TimeSpan.FromSeconds(passedSeconds)));
        stage.Engine.Resolve(new SeriesKey("cpu"));
        foreach (var address in new[] { "query?query=cpu", "query?query=max_over_time(cpu[1h:1s])", "query_range?query=cpu&start=0&end=9&step=1", "series?match[]=cpu" })
        {
            using var response = await stage.Http.GetAsync($"/api/v1/{address}{timeout}", ServerStage.Patience);
            Assert.Equal(expected, response.StatusCode);
            var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(ServerStage.Patience)).RootElement;
            if (expected == HttpStatusCode.OK) continue;
            Assert.Equal(("error", "timeout"), (answer.GetProperty("status").GetString(), answer.GetProperty("errorType").GetString()));
            Assert.StartsWith("The query took too long.", answer.GetProperty("error").GetString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Limits_of_queries_hold_over_http()
    {
        await AssertError("query?query=max_over_time(a[95y:1ms])&time=9", HttpStatusCode.UnprocessableEntity, "execution", "1:15: The query computes more than 10000000 values");
        await AssertError($"query?query={new string('(', 200)}a", HttpStatusCode.BadRequest, "bad_data", "more than 128 levels deep");
        // Longer than the first line of a request may be: as a form.
        await using var stage = await ServerStage.StartAsync(running: false);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["query"] = new string('a', QueryOptions.LengthMax + 1) });
        using var response = await stage.Http.PostAsync("/api/v1/query", form, ServerStage.Patience);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("at most 65536 characters; this one has 65537", await response.Content.ReadAsStringAsync(ServerStage.Patience), StringComparison.Ordinal);
    }

    /// <summary>With backtracking it would outlast every timeout.</summary>
    [Fact]
    public async Task Pattern_that_explodes_elsewhere_is_answered()
    {
        await using var stage = await ServerStage.StartAsync(running: false);
        stage.Engine.Append(stage.Engine.Resolve(new SeriesKey("cpu", new Label("x", new string('a', SeriesKey.LabelValueLengthMax)))), 0, 1);
        stage.Engine.RunRound();
        await AssertData(stage, "query?query=%7Bx=~%22(a%2B)%2Bb%22%7D&time=1", """{"resultType":"vector","result":[]}""");
    }

    /// <summary>As Prometheus writes them: no digits that only rounding made.</summary>
    [Fact]
    public async Task Times_keep_their_milliseconds()
    {
        await using var stage = await ServerStage.StartAsync(running: false);
        Assert.Contains("[1767230000.117,\"1\"]", await stage.Http.GetStringAsync("/api/v1/query?query=1&time=1767230000.117", ServerStage.Patience), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Range_at_the_end_of_time_ends()
    {
        await using var stage = await ServerStage.StartAsync(running: false);
        stage.Engine.Resolve(new SeriesKey("cpu"));
        Assert.EndsWith("\"result\":[]}}", await stage.Http.GetStringAsync("/api/v1/query_range?query=cpu&start=9199999999&end=9200000000&step=999999999", ServerStage.Patience), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Series_are_listed_by_selector()
    {
        await using var stage = await ServerStage.StartAsync(running: false);
        foreach (var name in new[] { "a.x", "a.y", "b" }) stage.Engine.Resolve(new SeriesKey(name));
        Assert.Equal(
            """{"status":"success","data":[{"__name__":"a.x"},{"__name__":"a.y"},{"__name__":"b"}]}""",
            await stage.Http.GetStringAsync("/api/v1/series?match[]=a.*&match[]=b", ServerStage.Patience));
    }

    private static async Task AssertData(ServerStage stage, string address, string expected) =>
        AssertSame($"{{\"status\":\"success\",\"data\":{expected}}}", await stage.Http.GetStringAsync("/api/v1/" + address, ServerStage.Patience));

    private static void AssertSame(string expected, string actual) =>
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(expected).RootElement, JsonDocument.Parse(actual).RootElement), $"expected {expected}\nactual   {actual}");

    private static async Task AssertError(string address, HttpStatusCode status, string type, string says)
    {
        await using var stage = await ServerStage.StartAsync(running: false);
        foreach (var n in new[] { "1", "2" })
        {
            stage.Engine.Append(stage.Engine.Resolve(new SeriesKey("a", new Label("n", n))), 0, 1);
            stage.Engine.Append(stage.Engine.Resolve(new SeriesKey("b", new Label("n", n))), 0, 1);
        }
        stage.Engine.RunRound();
        using var response = await stage.Http.GetAsync("/api/v1/" + address, ServerStage.Patience);
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(ServerStage.Patience)).RootElement;
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(("error", type), (answer.GetProperty("status").GetString(), answer.GetProperty("errorType").GetString()));
        Assert.Contains(says, answer.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Real time, but timers of one length are due at once.</summary>
    private sealed class ImpatientClock(TimeSpan passed) : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime != passed) return base.CreateTimer(callback, state, dueTime, period);
            callback(state);
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
