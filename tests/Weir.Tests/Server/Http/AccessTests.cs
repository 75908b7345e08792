using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Weir.Engine;
using Weir.Engine.Access;
using Weir.Engine.Series;
using Weir.Engine.Tables;
using Weir.Server.Hosting;
using Weir.Tests.Data;
using Weir.Visuals.Dashboards;

namespace Weir.Tests.Server.Http;

/// <summary>A scope that sees <c>web.*</c> is tried on every path and learns neither names nor values of others.</summary>
public sealed partial class AccessTests : IAsyncLifetime
{
    private const string Secret = "secret";
    private const string SecretValue = "424242";

    /// <summary>What to ask on each route. A route that is not here fails the test: say how it is tried.</summary>
    private static readonly Dictionary<string, string[]> Asked = new()
    {
        ["/api/v1/query"] = ["?query={__name__=~\".%2B\"}", "?query=secret.load", "?query=sum({__name__=~\".%2B\"})", "?query=count({__name__=~\".%2B\"})"],
        ["/api/v1/query_range"] = ["?query={__name__=~\".%2B\"}&start=FROM&end=TO&step=1"],
        ["/api/v1/series"] = ["?match[]={__name__=~\".%2B\"}"],
        ["/api/v1/labels"] = [""],
        ["/api/v1/label/{name}/values"] = ["/api/v1/label/__name__/values", "/api/v1/label/secret_label/values"],
        ["/api/v1/metadata"] = [""],
        ["/api/v1/dashboards/{id}"] = ["/api/v1/dashboards/secret-board", "/api/v1/dashboards/none", "/api/v1/dashboards/web"],
        ["/metrics"] = [""],
        ["/ws"] = ["?dashboard=secret-board"],
        ["/sse"] = ["?dashboard=secret-board", "?dashboard=none"],
        // These have no data of anyone.
        ["/api/v1/points"] = [""], ["/api/v1/status/buildinfo"] = [""], ["/api/v1/rules"] = [""], ["/api/v1/alerts"] = [""], ["/api/v1/query_exemplars"] = ["?query=secret.load"],
        ["/schema/dashboard.json"] = [""], ["/kinds/{name}.js"] = ["/kinds/none.js"],
        ["/healthz"] = [""], ["/livez"] = [""], ["/readyz"] = [""], ["/-/healthy"] = [""], ["/-/ready"] = [""],
        ["/"] = [""], ["/d/{dashboard}"] = ["/d/secret-board"],
    };

    private readonly TimeSeriesEngine _engine = new();
    private WebApplication _application = null!;
    private HttpClient _http = null!;

    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _engine.Append(_engine.Resolve(new SeriesKey("web.load")), 7);
        _engine.Append(_engine.Resolve(new SeriesKey("secret.load", new Label("secret_label", "secret_host"))), 424242);
        _engine.Tables.Resolve("secret.rows", () => new RowTable("secret.rows", [new("secret_column")])).Send("secret_cell");
        _engine.RunRound();
        var dashboards = new DashboardCatalog();
        var web = dashboards.Add(new DashboardDocument("web"));
        web.AddWidget(new MetricOptions { Id = "load", Queries = ["web.load"] }, web.DefaultPage.Root);
        dashboards.Add(new DashboardDocument("secret-board"));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging();
        builder.Services.AddWeirServer(_engine, dashboards, new ServerOptions { Port = 0, Access = _ => AccessScope.Of(["web.*"], ["web"], ["web.*"]) });
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _application = builder.Build();
        _application.UseRouting();
        _application.MapWeirServer("/");
        await _application.StartAsync(Patience);
        _engine.Start();
        var address = _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        _http = new HttpClient { BaseAddress = new Uri(address) };
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
        _engine.Dispose();
    }

    [Fact]
    public async Task No_endpoint_tells_what_a_scope_may_not_read()
    {
        var routes = ((IEndpointRouteBuilder)_application).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(endpoint => "/" + endpoint.RoutePattern.RawText!.TrimStart('/')).Distinct().ToList();
        Assert.NotEmpty(routes);
        foreach (var route in routes)
        {
            if (!Asked.TryGetValue(route, out var requests))
            {
                // Assets are the same files for everyone.
                Assert.True(Path.HasExtension(route), $"{route} is tried by no request of this test.");
                continue;
            }
            foreach (var request in requests)
            {
                var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
                var path = (request.StartsWith('/') ? request : route + request).Replace("FROM", $"{now - 60}", StringComparison.Ordinal).Replace("TO", $"{now}", StringComparison.Ordinal);
                var answer = await _http.GetAsync(path, Patience);
                var text = await answer.Content.ReadAsStringAsync(Patience);
                // What was asked may be said again.
                foreach (var word in Words().Matches(Uri.UnescapeDataString(path)).Select(match => match.Value)) text = text.Replace(word, "", StringComparison.Ordinal);
                Assert.False(text.Contains(Secret, StringComparison.Ordinal) || text.Contains(SecretValue, StringComparison.Ordinal), $"{path}: {text}");
            }
        }
    }

    [Fact]
    public async Task What_a_scope_may_read_is_there()
    {
        Assert.Contains("[\"web.load\"]", await _http.GetStringAsync("/api/v1/label/__name__/values", Patience), StringComparison.Ordinal);
        Assert.Contains("web.load", await _http.GetStringAsync("/api/v1/dashboards/web", Patience), StringComparison.Ordinal);
        Assert.Contains("\"1\"]", await _http.GetStringAsync("/api/v1/query?query=count({__name__=~\".%2B\"})", Patience), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Points_are_taken_for_what_a_scope_may_send()
    {
        const string Lines = "{\"name\":\"web.new\",\"value\":1}\n{\"name\":\"secret.load\",\"value\":1}\n{\"name\":\"web.other\",\"value\":2}\n";
        var answer = await _http.PostAsync("/api/v1/points", new StringContent(Lines), Patience);
        var text = await answer.Content.ReadAsStringAsync(Patience);
        Assert.Contains("\"accepted\":2,\"rejected\":1", text, StringComparison.Ordinal);
        Assert.Contains("{\"line\":2,\"message\":\"\\u0027secret.load\\u0027 may not be sent", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Viewer_gets_views_of_what_its_scope_reads()
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("weir.v1.json");
        await socket.ConnectAsync(new Uri($"ws://{_http.BaseAddress!.Authority}/ws?dashboard=web"), Patience);
        foreach (var query in new[] { "*", "sum({__name__=~\\\".+\\\"})", "secret.load", "web.load" })
        {
            await ServerStage.SayAsync(socket, $$"""{"type":"subscribe","views":[{"query":"{{query}}"}]}""");
        }
        var seen = new StringBuilder();
        while (!seen.ToString().Contains("\"web.load\",\"name\"", StringComparison.Ordinal) && await ServerStage.ReadAsync(socket) is { } message)
        {
            seen.Append(message);
            if (message.Contains("7]]", StringComparison.Ordinal)) break;
        }
        var text = seen.ToString().Replace("secret.load\"", "", StringComparison.Ordinal);
        Assert.Contains("web.load", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret_", text, StringComparison.Ordinal);
        Assert.DoesNotContain(SecretValue, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Server_reads_no_catalog_but_through_a_scope()
    {
        var wrong = Repository.Files("src/Weir.Server").Where(file => file.EndsWith(".cs", StringComparison.Ordinal))
            // These put the server together, and count.
            .Where(file => !file.Contains("/Access/", StringComparison.Ordinal) && !file.EndsWith("/WeirMetrics.cs", StringComparison.Ordinal))
            .Where(file => RawCatalog().IsMatch(Repository.Read(file).Replace("new TableViewCatalog(engine.Tables,", "", StringComparison.Ordinal)
                .Replace("engine.Tables.Changed", "", StringComparison.Ordinal)));
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("web.*", "web.load", true)]
    [InlineData("web.*", "webload", false)]
    [InlineData("web.?", "web.a", true)]
    [InlineData("web.?", "web.ab", false)]
    [InlineData("Web", "web", false)]
    [InlineData("*", "anything at all", true)]
    public void Pattern_matches_whole_names(string pattern, string name, bool matches) => Assert.Equal(matches, AccessScope.Of([pattern]).CanRead(name));

    [Fact]
    public void Scopes_of_the_same_patterns_are_equal_and_limits_hold()
    {
        Assert.Equal(AccessScope.Of(["b", "a", "a"]), AccessScope.Of(["a", "b"]));
        Assert.NotEqual(AccessScope.Of(["a"]), AccessScope.Of(["a"], ["a"]));
        Assert.False(AccessScope.Nothing.CanRead("") || AccessScope.Nothing.CanOpen("main") || AccessScope.Nothing.CanSend("a"));
        _ = AccessScope.Of(Enumerable.Range(0, AccessScope.PatternsMax).Select(i => $"{i}"));
        Assert.Throws<ArgumentException>(() => AccessScope.Of(Enumerable.Range(0, AccessScope.PatternsMax + 1).Select(i => $"{i}")));
        _ = AccessScope.Of([new string('x', AccessScope.PatternLengthMax)]);
        Assert.Throws<ArgumentException>(() => AccessScope.Of([new string('x', AccessScope.PatternLengthMax + 1)]));
        Assert.Throws<ArgumentException>(() => AccessScope.Of([""]));
    }

    [GeneratedRegex(@"[\w.-]*secret[\w.-]*")]
    private static partial Regex Words();

    [GeneratedRegex(@"engine\.(Catalog|Tables)\b(?!\.ReadableBy)|\bdashboards\.(?!ReadableBy)", RegexOptions.IgnoreCase)]
    private static partial Regex RawCatalog();
}
