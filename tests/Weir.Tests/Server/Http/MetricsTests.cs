using System.ComponentModel;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Weir.Tests.Data;

namespace Weir.Tests.Server.Http;

public sealed class MetricsTests
{
    private const string OpenMetrics = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    private const string Classic = "text/plain; version=0.0.4; charset=utf-8";

    [Theory]
    [InlineData(null, Classic)]
    [InlineData("*/*", Classic)]
    [InlineData("text/plain", Classic)]
    [InlineData("text/html,application/xhtml+xml,*/*;q=0.8", Classic)]
    [InlineData("no type at all", Classic)]
    [InlineData("application/openmetrics-text; version=7.0.0", Classic)]
    [InlineData("text/plain;version=0.0.4,application/openmetrics-text;q=0.2", Classic)]
    [InlineData("application/openmetrics-text;q=0", Classic)]
    [InlineData("application/openmetrics-text", OpenMetrics)]
    [InlineData("application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.2", OpenMetrics)]
    public async Task The_format_goes_by_what_the_reader_accepts(string? accept, string type)
    {
        await using var stage = await ServerStage.StartAsync();
        var (actual, text) = await GetAsync(stage, accept);
        Assert.Equal(type, actual);
        var families = MetricsFormat.Check(text, type == OpenMetrics);
        Assert.Contains("weir_points_dropped", families);
        Assert.Contains("weir_message_latency_seconds", families);
    }

    [Fact]
    public async Task Both_formats_have_the_same_families_and_all_that_the_page_of_limits_names()
    {
        await using var stage = await ServerStage.StartAsync();
        var (_, text) = await GetAsync(stage, null);
        var families = MetricsFormat.Check(text, isOpenMetrics: false);
        Assert.Equal(families, MetricsFormat.Check((await GetAsync(stage, "application/openmetrics-text")).Text, isOpenMetrics: true));
        var named = Regex.Matches(Repository.Read("docs/limits.md"), @"weir_[a-z_]+").Select(match => match.Value).Distinct().ToList();
        Assert.True(named.Count > 10);
        Assert.All(named, name => Assert.Contains(name.EndsWith("_total", StringComparison.Ordinal) ? name[..^6] : name, families));
        Assert.All(["overwritten", "full", "late", "ahead", "evicted"], reason => Assert.Contains($"reason=\"{reason}\"", text, StringComparison.Ordinal));
        Assert.All(["points", "rollups", "heap", "process"], of => Assert.Contains($"weir_memory_bytes{{of=\"{of}\"}}", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Promtool_finds_nothing_wrong()
    {
        await using var stage = await ServerStage.StartAsync();
        var (_, text) = await GetAsync(stage, null);
        using var promtool = TryStart();
        Assert.SkipWhen(promtool is null, "promtool is not on the path; the parser of the other tests checks the same format.");
        await promtool.StandardInput.WriteAsync(text);
        promtool.StandardInput.Close();
        var said = await promtool.StandardError.ReadToEndAsync(ServerStage.Patience);
        await promtool.WaitForExitAsync(ServerStage.Patience);
        Assert.Equal((0, ""), (promtool.ExitCode, said));
    }

    private static async Task<(string Type, string Text)> GetAsync(ServerStage stage, string? accept)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await stage.Http.SendAsync(request, ServerStage.Patience);
        return (response.Content.Headers.ContentType!.ToString(), await response.Content.ReadAsStringAsync(ServerStage.Patience));
    }

    private static Process? TryStart()
    {
        try
        {
            return Process.Start(new ProcessStartInfo("promtool", ["check", "metrics"]) { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true });
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
