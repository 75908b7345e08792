using Weir.Hosting;

namespace Weir.Tests.Api;

public class HostingTests
{
    [Fact]
    public void A_process_waits_for_a_first_viewer_and_leaves_soon_after_the_last()
    {
        var unwatched = new StayPolicy(TimeSpan.FromSeconds(30));
        Assert.True(unwatched.Stays(0, TimeSpan.FromSeconds(29)));
        Assert.False(unwatched.Stays(0, TimeSpan.FromSeconds(30)));

        var watched = new StayPolicy(TimeSpan.FromSeconds(30));
        Assert.True(watched.Stays(1, TimeSpan.FromSeconds(10)));
        Assert.True(watched.Stays(2, TimeSpan.FromHours(10)));
        Assert.True(watched.Stays(0, TimeSpan.FromHours(10) + TimeSpan.FromSeconds(4)));
        Assert.False(watched.Stays(0, TimeSpan.FromHours(10) + TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void A_test_runner_does_not_wait() =>
        Assert.False(StayPolicy.IsWatchable(AppDomain.CurrentDomain.GetAssemblies(), _ => null));

    [Fact]
    public void A_build_agent_does_not_wait()
    {
        Assert.True(StayPolicy.IsWatchable([typeof(Live).Assembly], _ => null));
        Assert.False(StayPolicy.IsWatchable([typeof(Live).Assembly], name => name == "CI" ? "true" : null));
    }

    [Theory]
    [InlineData(true, "DISPLAY", true)]
    [InlineData(true, "WAYLAND_DISPLAY", true)]
    [InlineData(true, "", false)]
    [InlineData(true, "DISPLAY,SSH_CONNECTION", false)]
    [InlineData(true, "DISPLAY,CI", false)]
    [InlineData(false, "DISPLAY", false)]
    public void The_browser_opens_only_from_a_terminal_with_a_desktop(bool isTerminal, string variables, bool opens)
    {
        if (!OperatingSystem.IsLinux()) return;
        Assert.Equal(opens, BrowserLauncher.HasDesktop(name => variables.Split(',').Contains(name) ? "1" : null, isTerminal));
    }
}
