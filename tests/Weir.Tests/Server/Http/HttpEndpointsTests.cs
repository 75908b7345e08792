using System.Net;

namespace Weir.Tests.Server.Http;

public sealed class HttpEndpointsTests
{
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
}
