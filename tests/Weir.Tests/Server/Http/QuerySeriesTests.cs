using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Weir.Engine.Series;

namespace Weir.Tests.Server.Http;

/// <summary>What clients of Prometheus ask beside queries: Grafana's data source among them.</summary>
public sealed class QuerySeriesTests
{
    private const long Second = 1_000_000_000;

    [Theory]
    [InlineData("labels", """["__name__","host","team"]""")]
    [InlineData("labels?match[]=disk.used", """["__name__","host"]""")]
    [InlineData("labels?match[]=disk.used&match[]=up%7Bteam%3D%22x%22%7D", """["__name__","host","team"]""")]
    [InlineData("labels?start=1000&end=1001", """["__name__","team"]""")]
    [InlineData("label/host/values", """["a","b"]""")]
    [InlineData("label/host/values?match[]=%7Bhost%3D~%22b%7Cc%22%7D", """["b"]""")]
    [InlineData("label/host/values?start=1000", "[]")]
    [InlineData("label/nothing/values", "[]")]
    [InlineData("label/__name__/values", """["disk.used","up"]""")]
    [InlineData("label/__name__/values?limit=1", """["disk.used"]""", true)]
    [InlineData("label/__name__/values?limit=2", """["disk.used","up"]""")]
    [InlineData("series?match[]=%7B%22disk.used%22%7D", """[{"__name__":"disk.used","host":"a"},{"__name__":"disk.used","host":"b"}]""")]
    [InlineData("series?match[]=%7B__name__%3D~%60u.%60%7D", """[{"__name__":"up","team":"x"}]""")]
    [InlineData("series?match[]=up&start=999&end=1000", """[{"__name__":"up","team":"x"}]""")]
    [InlineData("series?match[]=up&start=1000.001", "[]")]
    [InlineData("series?match[]=%7B__name__%3D~%22.%2B%22%7D&start=1&end=2", "[]")]
    [InlineData("series?match[]=disk.used&limit=1", """[{"__name__":"disk.used","host":"a"}]""", true)]
    [InlineData("series?match[]=disk.used&limit=0", """[{"__name__":"disk.used","host":"a"},{"__name__":"disk.used","host":"b"}]""")]
    [InlineData("metadata", """{"disk.used":[{"type":"gauge","unit":"","help":""}],"up":[{"type":"counter","unit":"","help":""}]}""")]
    [InlineData("metadata?metric=up", """{"up":[{"type":"counter","unit":"","help":""}]}""")]
    [InlineData("metadata?limit=1", """{"disk.used":[{"type":"gauge","unit":"","help":""}]}""", true)]
    [InlineData("rules", """{"groups":[]}""")]
    [InlineData("alerts", """{"alerts":[]}""")]
    [InlineData("query_exemplars?query=up&start=1&end=2", "[]")]
    public async Task Lists_are_narrowed_and_sorted(string address, string expected, bool isTruncated = false)
    {
        await using var stage = await StartAsync();
        var warnings = isTruncated ? ",\"warnings\":[\"results truncated due to limit\"]" : "";
        Assert.Equal($"{{\"status\":\"success\",\"data\":{expected}{warnings}}}", await stage.Http.GetStringAsync("/api/v1/" + address, ServerStage.Patience));
    }

    [Theory]
    [InlineData("series", "\"match[]\" is missing")]
    [InlineData("series?match[]=sum(up)", "1:4: the end of the selector is expected, not '('.")]
    [InlineData("series?match[]=up+offset+5m", "the end of the selector")]
    [InlineData("series?match[]=(up)", "a selector such as")]
    [InlineData("series?match[]=%7B%7D", "A selector needs a name")]
    [InlineData("series?match[]=up&limit=-1", "\"limit\" is '-1'")]
    [InlineData("series?match[]=up&start=5&end=4", "\"end\" lies before \"start\".")]
    [InlineData("labels?match[]=1", "a selector such as")]
    [InlineData("label/a*b/values", "'a*b' is no name of a label")]
    [InlineData("query_exemplars?start=1&end=2", "\"query\" is missing")]
    [InlineData("query_range?query=1&start=5&end=1&step=1", "\"end\" lies before \"start\".")]
    [InlineData("query_range?query=1&start=1&end=2&step=0.0001", "a millisecond (0.001) is the least")]
    public async Task What_is_wrong_is_answered_400(string address, string says)
    {
        await using var stage = await StartAsync();
        using var response = await stage.Http.GetAsync("/api/v1/" + address, ServerStage.Patience);
        var text = await response.Content.ReadAsStringAsync(ServerStage.Patience);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        using var answer = JsonDocument.Parse(text);
        Assert.Equal("bad_data", answer.RootElement.GetProperty("errorType").GetString());
        Assert.Contains(says, answer.RootElement.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("series", """[{"__name__":"up","team":"x"}]""")]
    [InlineData("labels", """["__name__","team"]""")]
    public async Task Selector_longer_than_an_address_is_given_as_a_form(string path, string expected)
    {
        await using var stage = await StartAsync();
        var values = string.Join('|', Enumerable.Range(0, 3000).Select(i => $"team.{i}")) + "|x";
        using var form = new FormUrlEncodedContent([new("match[]", $"up{{team=~\"{values}\"}}")]);
        using var response = await stage.Http.PostAsync("/api/v1/" + path, form, ServerStage.Patience);
        Assert.Equal($"{{\"status\":\"success\",\"data\":{expected}}}", await response.Content.ReadAsStringAsync(ServerStage.Patience));
    }

    [Fact]
    public async Task List_ends_at_its_limit_and_says_so()
    {
        await using var stage = await ServerStage.StartAsync(running: false);
        for (var i = 0; i <= 10_000; i++) stage.Engine.Resolve(new SeriesKey("many", new Label("n", $"{i:00000}")));
        using var answer = JsonDocument.Parse(await stage.Http.GetStringAsync("/api/v1/series?match[]=many&limit=20000", ServerStage.Patience));
        Assert.Equal(10_000, answer.RootElement.GetProperty("data").GetArrayLength());
        Assert.Equal("results truncated due to limit", answer.RootElement.GetProperty("warnings")[0].GetString());
    }

    [Theory]
    [InlineData("gzip", true)]
    [InlineData("deflate, gzip;q=0.5", true)]
    [InlineData("gzip;q=0", false)]
    [InlineData("br", false)]
    public async Task Answer_is_packed_where_that_is_taken(string accepted, bool isPacked)
    {
        await using var stage = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/query_range?query=up&start=900&end=1000&step=0.01");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using var response = await stage.Http.SendAsync(request, ServerStage.Patience);
        Assert.Equal(isPacked ? "gzip" : null, response.Content.Headers.ContentEncoding.SingleOrDefault());
        var body = await response.Content.ReadAsStreamAsync(ServerStage.Patience);
        using var answer = await JsonDocument.ParseAsync(isPacked ? new GZipStream(body, CompressionMode.Decompress) : body, cancellationToken: ServerStage.Patience);
        Assert.Equal(1, answer.RootElement.GetProperty("data").GetProperty("result").GetArrayLength());
    }

    [Fact]
    public async Task Version_is_that_of_the_interface()
    {
        await using var stage = await StartAsync();
        using var answer = JsonDocument.Parse(await stage.Http.GetStringAsync("/api/v1/status/buildinfo", ServerStage.Patience));
        Assert.Equal("2.42.0", answer.RootElement.GetProperty("data").GetProperty("version").GetString());
        Assert.Equal("Weir", answer.RootElement.GetProperty("data").GetProperty("application").GetString());
        Assert.Equal("Weir is healthy.\n", await stage.Http.GetStringAsync("/-/healthy", ServerStage.Patience));
        Assert.Equal("Weir is ready.\n", await stage.Http.GetStringAsync("/-/ready", ServerStage.Patience));
    }

    private static async Task<ServerStage> StartAsync()
    {
        var stage = await ServerStage.StartAsync(running: false);
        foreach (var host in new[] { "b", "a" }) stage.Engine.Append(stage.Engine.Resolve(new SeriesKey("disk.used", new Label("host", host))), [100 * Second], [1]);
        stage.Engine.Append(stage.Engine.Resolve(new SeriesKey("up", new Label("team", "x")), SeriesKind.Counter), [900 * Second, 1000 * Second], [1, 2]);
        stage.Engine.RunRound();
        return stage;
    }
}
