using System.Net;
using System.Text.Json;
using Weir.Engine.Series;

namespace Weir.Tests.Server.Http;

public sealed class HttpEndpointsTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public async Task Range_is_read_as_prometheus_reads_it()
    {
        await using var stage = await ServerStage.StartAsync(running: false);
        var cpu = stage.Engine.Resolve(new SeriesKey("cpu", new Label("core", "0")));
        stage.Engine.Append(cpu, [100 * Second, 110 * Second, 120 * Second, 500 * Second], [1, double.PositiveInfinity, double.NaN, 2.5]);
        stage.Engine.RunRound();
        // A gap ends the one before it, and a value counts for five minutes.
        Assert.Equal(
            """{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"cpu","core":"0"},"values":[[105,"1"],[115,"\u002BInf"],[505,"2.5"],[795,"2.5"]]}]}}""",
            await GetAsync(stage, "/api/v1/query_range?query=cpu&start=95&end=125&step=10", "/api/v1/query_range?query=cpu&start=505&end=1100&step=290s"));
    }

    [Theory]
    [InlineData("query_range?query=cpu&start=0&end=11001&step=1", "11001 steps; at most 11000")]
    [InlineData("query_range?query=cpu&start=9&end=1&step=1", "\"end\" lies before")]
    [InlineData("query_range?query=cpu&start=0&end=1&step=0", "\"step\" is")]
    [InlineData("query_range?query=cpu&start=0&end=9999-12-31&step=1", "\"end\" is")]
    [InlineData("query_range?query=cpu&start=NaN&end=1&step=1", "\"start\" is")]
    [InlineData("query_range?query=%7B&start=0&end=1&step=1", "is not a selector")]
    [InlineData("query_range?start=0&end=1&step=1", "\"query\" is missing")]
    [InlineData("query_range?query=cpu&start=-9200000000&end=9200000000&step=1", "steps; at most")]
    public async Task Wrong_query_is_answered_in_prometheus_shape(string address, string says)
    {
        await using var stage = await ServerStage.StartAsync(running: false);
        using var response = await stage.Http.GetAsync("/api/v1/" + address, ServerStage.Patience);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(ServerStage.Patience)).RootElement;
        Assert.Equal(("error", "bad_data"), (answer.GetProperty("status").GetString(), answer.GetProperty("errorType").GetString()));
        Assert.Contains(says, answer.GetProperty("error").GetString(), StringComparison.Ordinal);
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

    [Fact]
    public async Task Metrics_are_open_metrics()
    {
        await using var stage = await ServerStage.StartAsync();
        using var response = await stage.Http.GetAsync("/metrics", ServerStage.Patience);
        Assert.Equal("application/openmetrics-text; version=1.0.0; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        var families = OpenMetrics.Check(await response.Content.ReadAsStringAsync(ServerStage.Patience));
        Assert.Contains("weir_points_dropped", families);
        Assert.Contains("weir_message_latency_seconds", families);
    }

    [Theory]
    [InlineData("/healthz", HttpStatusCode.OK)]
    [InlineData("/livez", HttpStatusCode.OK)]
    [InlineData("/readyz", HttpStatusCode.OK)]
    [InlineData("/api/v1/dashboards/main", HttpStatusCode.OK)]
    [InlineData("/api/v1/dashboards/other", HttpStatusCode.NotFound)]
    [InlineData("/gone.js", HttpStatusCode.NotFound)]
    public async Task Address_is_answered(string address, HttpStatusCode status)
    {
        await using var stage = await ServerStage.StartAsync();
        Assert.Equal(status, (await stage.Http.GetAsync(address, ServerStage.Patience)).StatusCode);
    }

    [Fact]
    public async Task Page_is_guarded_packed_and_remembered()
    {
        await using var stage = await ServerStage.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Accept-Encoding", "gzip");
        using var response = await stage.Http.SendAsync(request, ServerStage.Patience);
        Assert.Equal("gzip", response.Content.Headers.ContentEncoding.Single());
        Assert.StartsWith("default-src 'self'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        using var again = new HttpRequestMessage(HttpMethod.Get, "/");
        again.Headers.IfNoneMatch.Add(response.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await stage.Http.SendAsync(again, ServerStage.Patience)).StatusCode);
    }

    [Fact]
    public async Task Page_of_a_dashboard_finds_its_files()
    {
        await using var stage = await ServerStage.StartAsync();
        Assert.Contains("<base href=\"../\" />", await stage.Http.GetStringAsync("/d/main", ServerStage.Patience), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("127.0.0.1.evil.example", HttpStatusCode.MisdirectedRequest)]
    [InlineData("localhost:1234", HttpStatusCode.OK)]
    [InlineData("[::1]", HttpStatusCode.OK)]
    public async Task Only_loopback_names_are_answered(string host, HttpStatusCode status)
    {
        await using var stage = await ServerStage.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/healthz");
        request.Headers.Host = host;
        Assert.Equal(status, (await stage.Http.SendAsync(request, ServerStage.Patience)).StatusCode);
    }

    /// <summary>The first answer with the values of the second joined to it.</summary>
    private static async Task<string> GetAsync(ServerStage stage, string first, string second)
    {
        var (a, b) = (await stage.Http.GetStringAsync(first, ServerStage.Patience), await stage.Http.GetStringAsync(second, ServerStage.Patience));
        var from = b.IndexOf("\"values\":[", StringComparison.Ordinal) + "\"values\":[".Length;
        return a.Replace("]]}]}}", "]," + b[from..], StringComparison.Ordinal);
    }
}
