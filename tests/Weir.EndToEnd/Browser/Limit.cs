namespace Weir.EndToEnd.Browser;

/// <summary>How long a test waits before it gives up. Generous: nothing waits longer than what it waits for takes.</summary>
internal static class Limit
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>Looks again and again until it holds.</summary>
    public static async Task Until(Func<bool> holds, string what)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var deadline = DateTime.UtcNow + Patience;
        while (!holds())
        {
            Assert.True(DateTime.UtcNow < deadline, $"Waited {Patience.TotalSeconds} s in vain: {what}.");
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    public static async Task Until(Func<Task<bool>> holds, string what)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var deadline = DateTime.UtcNow + Patience;
        while (!await holds())
        {
            Assert.True(DateTime.UtcNow < deadline, $"Waited {Patience.TotalSeconds} s in vain: {what}.");
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
