using Weir.Engine.Time;
using Weir.Tests.Data;

namespace Weir.Tests.Server.Gateway;

/// <summary>Whatever happens on the way, in the end each viewer sees what a plain reduction of all points gives.</summary>
public sealed class ViewerOracleTests
{
    private const long Range = 60 * UnixTime.NanosecondsPerSecond;
    private const string Wide = """{"widget":"all","range":60000,"width":600}""";
    private const string Narrow = """{"widget":"all","range":60000,"width":37}""";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Viewers_see_the_plain_reduction_whatever_happened(int sendingLoops) => Property.Holds(25, random =>
    {
        using var stage = new GatewayStage(sendingLoops: sendingLoops);
        var viewers = Enumerable.Range(0, 5).Select(i => (Viewer: stage.Connect(i % 2 == 0), View: i < 3 ? Wide : Narrow)).ToArray();
        foreach (var (viewer, view) in viewers) viewer.Say(GatewayStage.Views(view));
        for (var step = 0; step < 120; step++)
        {
            var (viewer, view) = viewers[random.Next(viewers.Length)];
            switch (random.Next(12))
            {
                case < 4:
                    stage.Disturb(viewer, view, random);
                    break;
                case < 7:
                    stage.Gateway.Tick();
                    break;
                case 7:
                    stage.Time.Advance(TimeSpan.FromMilliseconds(random.Next(1, 900)));
                    break;
                default:
                    Append(stage, random);
                    break;
            }
        }
        foreach (var (viewer, _) in viewers)
        {
            viewer.Release();
            viewer.Say("""{"type":"resume"}""");
        }
        stage.Settle([.. viewers.Select(entry => entry.Viewer)]);
        foreach (var (viewer, _) in viewers) stage.AssertSees(viewer, Range);
    });

    private static void Append(GatewayStage stage, Random random)
    {
        var count = random.Next(10) == 0 ? 6000 : random.Next(1, 40);
        var points = new (long, double)[count];
        for (var i = 0; i < count; i++)
        {
            // Mostly rising, now and then late by up to 50 s or at a time that is there already.
            var time = stage.Now - random.NextInt64(random.Next(8) == 0 ? 50_000_000_000 : 300_000_000);
            points[i] = (random.Next(5) == 0 ? time / 100_000_000 * 100_000_000 : time, random.Next(30) switch { 0 => double.NaN, 1 => double.PositiveInfinity, _ => random.Next(-50, 50) });
        }
        stage.Send($"s{random.Next(random.Next(2) == 0 ? 3 : 8)}", points);
    }
}
