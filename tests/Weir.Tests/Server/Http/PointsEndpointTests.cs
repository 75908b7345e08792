using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Weir.Engine.Series;
using Weir.Server.Hosting;
using Weir.Tests.Data;

namespace Weir.Tests.Server.Http;

public sealed class PointsEndpointTests
{
    [Theory]
    [InlineData("""{"name":"a","time":1000,"value":1}""", 1)]
    [InlineData("""[{"name":"a","time":1000,"value":1},{"name":"a","time":2000,"value":"+Inf"}]""", 2)]
    [InlineData("""{"name":"a","labels":{"core":"0"},"points":[[1000,1],[2000,null],[3000,"-Inf"]]}""", 3)]
    [InlineData("{\"name\":\"a\",\"value\":1}\n\r\n{\"name\":\"a\",\"value\":2}\n", 2)]
    [InlineData("\uFEFF{\"name\":\"a\",\"value\":1}", 1)]
    [InlineData("\uFEFF{\"name\":\"a\",\"value\":1}\n{\"name\":\"a\",\"value\":2}", 2)]
    public async Task Points_are_taken_in_all_their_forms(string body, int count)
    {
        await using var stage = await ServerStage.StartAsync();
        var (status, answer) = await PostAsync(stage, Encoding.UTF8.GetBytes(body));
        Assert.Equal((HttpStatusCode.OK, $$"""{"accepted":{{count}},"rejected":0,"errors":[]}"""), (status, answer));
    }

    [Fact]
    public async Task Points_of_yesterday_are_kept_behind_a_point_of_now()
    {
        var clock = new ManualClock();
        await using var stage = await ServerStage.StartAsync(running: false, time: clock);
        var (now, yesterday) = (ManualClock.Noon / 1_000_000, ManualClock.Noon / 1_000_000 - 86_400_000);
        var old = string.Join(',', Enumerable.Range(0, 100).Select(i => $"[{yesterday + i * 1000},{i}]"));
        var (status, answer) = await PostAsync(stage, Encoding.UTF8.GetBytes($$"""{"name":"a","time":{{now}},"value":7}{{'\n'}}{"name":"a","points":[{{old}}]}"""));
        stage.Engine.RunRound();
        Assert.Equal((HttpStatusCode.OK, """{"accepted":101,"rejected":0,"errors":[]}"""), (status, answer));
        var held = Points.In(stage.Engine.Resolve(new SeriesKey("a")).Snapshot);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (double)i).Append(7), held.Values);
        Assert.Equal(0, stage.Engine.Counters.RefusedLate);
    }

    [Fact]
    public async Task Broken_line_is_reported_and_its_neighbours_are_kept()
    {
        await using var stage = await ServerStage.StartAsync(running: false);
        var (status, answer) = await PostAsync(stage, "{\"name\":\"a\",\"time\":1,\"value\":1}\n{oops\n{\"name\":\"\\ud800\",\"value\":1}\n{\"name\":\"a\",\"time\":2,\"value\":2}"u8.ToArray());
        stage.Engine.RunRound();
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("\"accepted\":2,\"rejected\":2,\"errors\":[{\"line\":2,", answer, StringComparison.Ordinal);
        Assert.Contains("{\"line\":3,", answer, StringComparison.Ordinal);
        Points.AssertSame(Points.Of((1_000_000, 1), (2_000_000, 2)), Points.In(stage.Engine.Resolve(new SeriesKey("a")).Snapshot));
    }

    [Fact]
    public async Task Packed_body_is_unpacked_and_a_broken_one_refused()
    {
        await using var stage = await ServerStage.StartAsync();
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write("""{"name":"a","value":1}"""u8);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(stage, packed.ToArray(), "gzip")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(stage, "plain"u8.ToArray(), "gzip")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(stage, packed.ToArray()[..^12], "gzip")).Status);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await PostAsync(stage, packed.ToArray(), "br")).Status);
    }

    [Fact]
    public async Task Too_large_a_body_is_refused_plain_or_unpacked()
    {
        await using var stage = await ServerStage.StartAsync(new ServerOptions { Port = 0, IngestBytesMax = 1024 });
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(new byte[100_000]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(stage, packed.ToArray(), "gzip")).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(stage, new byte[2000])).Status);
    }

    [Fact]
    public async Task Full_engine_asks_to_come_again_and_says_where_to_go_on()
    {
        await using var stage = await ServerStage.StartAsync(running: false, time: new ManualClock { TimestampStep = 10_000 });
        var many = "{\"name\":\"a\",\"points\":[" + string.Join(',', Enumerable.Range(0, 200_000).Select(i => $"[{ManualClock.Noon / 1_000_000 - i % 1000},1]")) + "]}";
        var body = Encoding.UTF8.GetBytes(many + "\n" + string.Concat(Enumerable.Repeat("{\"name\":\"a\",\"value\":1}\n", 1000)));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/points") { Content = new ByteArrayContent(body) };
        using var response = await stage.Http.SendAsync(request, ServerStage.Patience);
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal("1", response.Headers.RetryAfter!.ToString());
        var taken = stage.Engine.Waiting;
        Assert.StartsWith($$"""{"accepted":{{taken}},"rejected":0,"noRoom":{{201_000 - taken}},""", await response.Content.ReadAsStringAsync(ServerStage.Patience), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_of_another_site_may_not_send()
    {
        await using var stage = await ServerStage.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/points") { Content = new StringContent("{}") };
        request.Headers.Add("Origin", "http://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, (await stage.Http.SendAsync(request, ServerStage.Patience)).StatusCode);
    }

    [Fact]
    public async Task Other_charset_than_utf_8_is_refused()
    {
        await using var stage = await ServerStage.StartAsync();
        using var content = new StringContent("""{"name":"a","value":1}""", Encoding.Unicode, "application/json");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await stage.Http.PostAsync("/api/v1/points", content, ServerStage.Patience)).StatusCode);
    }

    private static async Task<(HttpStatusCode Status, string Answer)> PostAsync(ServerStage stage, byte[] body, string? encoding = null)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (encoding is not null) content.Headers.ContentEncoding.Add(encoding);
        using var response = await stage.Http.PostAsync("/api/v1/points", content, ServerStage.Patience);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(ServerStage.Patience));
    }
}
