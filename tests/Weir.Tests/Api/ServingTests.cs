using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Weir.Tests.Api;

/// <summary>The API with its real server, on ports that the system chooses.</summary>
public class ServingTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_dashboard_of_ones_own_is_served_and_stops()
    {
        await using var dashboard = new Dashboard(new WeirOptions { Port = 0, Title = "Own" });
        dashboard.Metric("cpu").Send(75);
        await dashboard.StartAsync(Cancelled);
        using var client = new HttpClient { BaseAddress = dashboard.Url };
        Assert.Contains("\"title\":\"Own\"", await client.GetStringAsync("api/v1/dashboards/main", Cancelled));
        await dashboard.StopAsync(Cancelled);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync("healthz", Cancelled));
        Assert.Equal(75, dashboard.Metric("cpu").Series.Snapshot.LastValue);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_an_error_that_says_what_to_do()
    {
        await using var first = new Dashboard(new WeirOptions { Port = 0 });
        await first.StartAsync(Cancelled);
        await using var second = new Dashboard(new WeirOptions { Port = first.Url!.Port });
        var error = await Assert.ThrowsAsync<IOException>(() => second.StartAsync(Cancelled));
        Assert.Contains("choose another port", error.Message);
    }

    [Fact]
    public async Task An_application_shows_the_dashboard_under_a_path_and_its_log_on_it()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["Weir:Title"] = "Shop";
        builder.Logging.ClearProviders();
        builder.Logging.AddWeir();
        var dashboard = builder.AddWeir(options => options.Title = "code");
        await using var application = builder.Build();
        application.MapWeir("/live");
        await application.StartAsync(Cancelled);
        Assert.Same(dashboard, application.Services.GetRequiredService<Dashboard>());
        Assert.Same(dashboard, Live.Dashboard);

        application.Logger.LogWarning("hello");
        using var client = new HttpClient { BaseAddress = new Uri(application.Urls.Single()) };
        Assert.Contains("\"title\":\"Shop\"", await client.GetStringAsync("live/api/v1/dashboards/main", Cancelled));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("api/v1/dashboards/main", Cancelled)).StatusCode);
        Assert.Contains(dashboard.Engine.Tables.Find("log")!.Window(0, 100).Rows, row => (string?)row[3] == "hello");
        await application.StopAsync(Cancelled);
    }

    [Fact]
    public async Task The_host_lets_go_of_the_dashboard()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var dashboard = builder.AddWeir();
        await using (var application = builder.Build())
        {
            application.MapWeir("/live");
            await application.StartAsync(Cancelled);
            Assert.False(dashboard.IsDisposed);
            await application.StopAsync(Cancelled);
        }
        Assert.True(dashboard.IsDisposed);
    }

    [Fact]
    public async Task The_schema_is_served_and_scripts_of_kinds_only()
    {
        await using var dashboard = new Dashboard(new WeirOptions { Port = 0 });
        await dashboard.StartAsync(Cancelled);
        using var client = new HttpClient { BaseAddress = dashboard.Url };
        Assert.Contains("\"const\":\"gauge\"", await client.GetStringAsync("schema/dashboard.json", Cancelled));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("kinds/gauge.js", Cancelled)).StatusCode);
    }

    [Fact]
    public async Task A_history_that_is_sent_with_its_times_is_whole()
    {
        const int count = 300_000;
        await using var dashboard = new Dashboard(new WeirOptions { Port = 0 });
        await dashboard.StartAsync(Cancelled);
        var metric = dashboard.Metric("history");
        var start = DateTimeOffset.UtcNow.AddDays(-10);
        for (var i = 0; i < count; i++) metric.Send(i, start.AddSeconds(i));
        await dashboard.StopAsync(Cancelled);
        Assert.Equal(0, dashboard.Engine.Counters.Lost);
        Assert.Equal(count, metric.Series.Snapshot.Count);
    }

    [Fact]
    public async Task Mapping_without_adding_and_a_wrong_value_are_errors_that_help()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["Weir:Theme"] = "pink";
        Assert.StartsWith("Theme is 'pink' in", Assert.Throws<WeirConfigurationException>(() => builder.AddWeir()).Message);
        await using var application = builder.Build();
        Assert.Contains("builder.AddWeir()", Assert.Throws<InvalidOperationException>(() => application.MapWeir()).Message);
        Assert.Contains("begins with a slash", Assert.Throws<ArgumentException>(() => application.MapWeir("live")).Message);
    }
}
