using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Weir.Hosting;

namespace Weir.Tests.Api;

/// <summary>Faults of Weir's own are told where somebody reads it, and end nothing.</summary>
public class FaultTests
{
    [Fact]
    public async Task A_round_that_failed_is_told_on_standard_error_where_there_is_no_host()
    {
        using var errors = new StringWriter();
        await using var dashboard = new FakeServer().CreateDashboard(errors: errors);
        dashboard.Engine.NoteFailure(new TimeoutException("No clock."));
        dashboard.Engine.NoteFailure(new TimeoutException("No clock."));
        Assert.Matches("^Weir: A round of the engine ended early .failed so far: 1.; [^\n]* TimeoutException: No clock.\r?\n$", errors.ToString());
    }

    [Fact]
    public async Task A_round_that_failed_is_told_to_the_loggers_of_the_host()
    {
        await using var dashboard = new Dashboard();
        var loggers = new KeptLoggers();
        var service = new EngineService(dashboard, loggers);
        await service.StartAsync(TestContext.Current.CancellationToken);
        dashboard.Engine.NoteFailure(new TimeoutException("No clock."));
        Assert.StartsWith("Weir.Dashboard Error A round of the engine ended early", Assert.Single(loggers.Lines), StringComparison.Ordinal);
        await service.StopAsync(TestContext.Current.CancellationToken);
        await service.DisposeAsync();
        Assert.Throws<ObjectDisposedException>(dashboard.Engine.Start);
    }

    [Fact]
    public async Task A_logger_that_throws_ends_nothing()
    {
        await using var dashboard = new Dashboard();
        dashboard.Logger = new KeptLoggers { Fails = true }.CreateLogger("any");
        dashboard.Engine.NoteFailure(new TimeoutException());
        Assert.Equal((1L, 0L), (dashboard.Engine.Counters.FailedRounds, dashboard.Engine.Counters.HandlerFailures));
    }

    private sealed class KeptLoggers : ILoggerFactory
    {
        public List<string> Lines { get; } = [];

        public bool Fails { get; init; }

        public ILogger CreateLogger(string categoryName) => new KeptLogger(this, categoryName);

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }
    }

    private sealed class KeptLogger(KeptLoggers all, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => NullLogger.Instance.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => !all.Fails ? true : throw new ObjectDisposedException("loggers");

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            ObjectDisposedException.ThrowIf(all.Fails, all);
            all.Lines.Add($"{category} {logLevel} {formatter(state, exception)}");
        }
    }
}
