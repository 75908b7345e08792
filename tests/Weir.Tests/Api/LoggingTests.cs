using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

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

    private List<string> Lines() => [.. Board.Engine.Tables.Find("log")!.Window(0, 100).Rows.Select(row => $"{row[1]} {row[2]} {row[3]}")];
}
