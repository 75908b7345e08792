using Microsoft.Extensions.Logging;
using Weir.Engine.Access;
using Weir.Engine.Views;
using Weir.Server.Gateway;

namespace Weir.Tests.Server.Gateway;

/// <summary>Faults that are put in: each is counted, its kind is logged once, and everything else goes on.</summary>
public sealed class FaultTests : IDisposable
{
    private const string Cpu = """{"widget":"cpu","range":60000,"width":600}""";
    private readonly RecordedLog _log = new();
    private readonly GatewayStage _stage;

    public FaultTests() => _stage = new GatewayStage(loggers: _log);

    public void Dispose()
    {
        _stage.Dispose();
        _log.Dispose();
    }

    [Fact]
    public void View_that_throws_shows_why_and_recovers_while_others_go_on()
    {
        var (viewer, broken) = (_stage.Connect(isBinary: true, GatewayStage.Views(Cpu)), _stage.Connect(isBinary: true, GatewayStage.Views("""{"query":"load","range":60000,"width":600}""")));
        _stage.Send("load", (_stage.Now, 1));
        _stage.Settle();
        var fault = new FailingSource();
        ((List<SlotSource>)_stage.Gateway.Views.All.Single(view => view.Key.QueryTexts == "load").Sources).Add(fault);
        for (var i = 0; i < 5; i++)
        {
            _stage.Time.Advance(TimeSpan.FromSeconds(2));
            _stage.Send("load", (_stage.Now, 1));
            _stage.Send("cpu", (_stage.Now, i));
            _stage.Settle(viewer);
        }
        _stage.AssertSees(viewer, 60_000_000_000);
        Assert.Contains("of a purpose", broken.TextsOf("error").Single(), StringComparison.Ordinal);
        Assert.Equal(1, _stage.Gateway.Counters.Errors);
        Assert.Contains("refreshing a view", Assert.Single(_log.Lines), StringComparison.Ordinal);

        // Nothing but time passes: what failed is tried again.
        fault.IsOver = true;
        _stage.Time.Advance(TimeSpan.FromSeconds(2));
        _stage.Settle(broken);
        _stage.AssertSees(broken, 60_000_000_000);
        Assert.Equal("view", TypeOf(broken.Texts.Last(text => TypeOf(text) != "heartbeat")));
    }

    [Fact]
    public void Command_that_throws_keeps_no_other_from_its_turn()
    {
        for (var i = 0; i < 3; i++) _stage.Gateway.Post(() => throw new InvalidOperationException("of a purpose"));
        var viewer = _stage.Connect(isBinary: true, GatewayStage.Views(Cpu));
        _stage.Settle();
        Assert.Single(viewer.TextsOf("view"));
        Assert.Equal(3, _stage.Gateway.Counters.Errors);
        Assert.Contains("acting upon a message", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Transport_that_throws_loses_its_viewer_and_no_other(bool isAtOnce)
    {
        var transports = Enumerable.Range(0, 3).Select(_ => new FailingTransport(isAtOnce)).ToArray();
        foreach (var transport in transports) _stage.Gateway.Attach(transport, _stage.Dashboard, AccessScope.Everything);
        var viewer = _stage.Connect(isBinary: true, GatewayStage.Views(Cpu));
        for (var i = 0; i < 3; i++)
        {
            _stage.Send("cpu", (_stage.Now, i));
            _stage.Settle(viewer);
        }
        _stage.AssertSees(viewer, 60_000_000_000);
        Assert.All(transports, transport => Assert.Equal((1, 1), (transport.Sends, transport.Aborts)));
        // Each failed to send and to abort.
        Assert.Equal(6, _stage.Gateway.Counters.Errors);
        Assert.Equal(["cutting off a viewer", "sending a message"], _log.Lines.Select(line => line.Split(" at ")[1].Split(" and ")[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Connection_that_breaks_is_counted_and_not_logged()
    {
        _stage.Gateway.Attach(new FailingTransport(isAtOnce: true, new IOException("The network is away.")), _stage.Dashboard, AccessScope.Everything);
        _stage.Settle();
        Assert.Equal(2, _stage.Gateway.Counters.Errors);
        Assert.DoesNotContain(_log.Lines, line => line.Contains("sending", StringComparison.Ordinal));
    }

    [Fact]
    public void Logger_that_throws_does_no_harm()
    {
        _log.Throws = true;
        _stage.Gateway.Post(() => throw new InvalidOperationException("of a purpose"));
        var viewer = _stage.Connect(isBinary: true, GatewayStage.Views(Cpu));
        _stage.Settle();
        Assert.Single(viewer.TextsOf("view"));
    }

    private static string TypeOf(string text) => System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("type").GetString()!;

    private sealed class FailingSource : SlotSource
    {
        public bool IsOver { get; set; }

        public override void Update(ColumnsView view, long now)
        {
            if (!IsOver) throw new InvalidOperationException("of a purpose");
        }
    }

    private sealed class FailingTransport(bool isAtOnce, Exception? error = null) : IViewerTransport
    {
        private readonly Exception _error = error ?? new InvalidOperationException("of a purpose");

        public bool IsBinary => true;

        public int Sends { get; private set; }

        public int Aborts { get; private set; }

        public ValueTask SendAsync(ReadOnlyMemory<byte> message, bool isText, CancellationToken cancellation)
        {
            Sends++;
            return isAtOnce ? throw _error : ValueTask.FromException(_error);
        }

        public Task CloseAsync(DisconnectCode code, CancellationToken cancellation) => throw _error;

        public void Abort()
        {
            Aborts++;
            throw _error;
        }
    }

    private sealed class RecordedLog : ILoggerFactory, ILogger
    {
        public List<string> Lines { get; } = [];

        public bool Throws { get; set; }

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (Throws) throw new InvalidOperationException("The log is full.");
            Lines.Add(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}
