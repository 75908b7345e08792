using Microsoft.Extensions.Time.Testing;

namespace Weir.Tests.Api;

/// <summary>A dashboard without a server, on a clock that moves by hand.</summary>
public abstract class DashboardTest : IAsyncDisposable
{
    private protected FakeTimeProvider Time { get; } = new(new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));

    protected Dashboard Board { get; }

    protected DashboardTest() => Board = new Dashboard(time: Time);

    public async ValueTask DisposeAsync()
    {
        await Board.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
