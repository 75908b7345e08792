using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Weir.Logging;
using Weir.Tests.Data;

namespace Weir.Tests.Api;

public class LoggingTests : DashboardTest
{
    [Fact]
    public void Records_become_lines_and_those_that_would_feed_themselves_do_not()
    {
        var services = new ServiceCollection().AddSingleton(Board).AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddWeir(options: new() { MaxRows = 3 }));
        using var provider = services.BuildServiceProvider();
        var loggers = provider.GetRequiredService<ILoggerFactory>();
        loggers.CreateLogger("Weir.Server").LogError("own");
        loggers.CreateLogger("Microsoft.AspNetCore.Server.Kestrel").LogDebug("frame");
        loggers.CreateLogger("WeirdShop").LogWarning("{Count} orders", 3);
        Assert.Equal(["warning WeirdShop 3 orders"], Lines());

        // A table that is watched by something that logs must not log in a circle.
        var shop = loggers.CreateLogger("Shop");
        Board.Engine.Tables.Changed += () => shop.LogInformation("changed");
        for (var i = 0; i < 10; i++) shop.LogError(new InvalidOperationException("why"), "failed {I}", i);
        Assert.Equal(3, Lines().Count);
        Assert.StartsWith("error Shop failed 9\nSystem.InvalidOperationException: why", Lines()[^1]);
    }

    [Fact]
    public void A_log_that_cannot_be_made_does_not_throw_counts_and_is_tried_again()
    {
        var time = ManualClock.AtNoon();
        var attempts = 0;
        using var provider = new WeirLoggerProvider(() => ++attempts == 1 ? throw new InvalidOperationException("The port is taken.") : Board.Log("log"), time);
        var logger = provider.CreateLogger("Shop");
        logger.LogInformation("one");
        logger.LogInformation("two");
        Assert.Equal((1, 2L), (attempts, provider.Lost));
        time.Advance(TimeSpan.FromSeconds(5));
        logger.LogInformation("three");
        Assert.Equal(["info Shop three"], Lines().Select(line => line.Replace("information", "info", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_line_whose_text_throws_is_lost_and_counted()
    {
        using var provider = new WeirLoggerProvider(() => Board.Log("log"));
        provider.CreateLogger("Shop").Log(LogLevel.Error, default, 1, null, (_, _) => throw new FormatException());
        Assert.Equal(1, provider.Lost);
    }

    private List<string> Lines() => [.. Board.Engine.Tables.Find("log")!.Window(0, 100).Rows.Select(row => $"{row[1]} {row[2]} {row[3]}")];
}
