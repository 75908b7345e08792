using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Weir.Engine;
using Weir.Engine.Downsampling;
using Weir.Engine.Series;
using Weir.Engine.Time;
using Weir.Engine.Windows;
using Weir.Server.Gateway;
using Weir.Tests.Data;
using Weir.Visuals.Dashboards;

namespace Weir.Tests.Server.Gateway;

/// <summary>An engine, a dashboard and a gateway that move only when a test moves them.</summary>
internal sealed class GatewayStage : IDisposable
{
    public const long Hour = 3600 * UnixTime.NanosecondsPerSecond;

    public GatewayStage(EngineOptions? options = null, ILoggerFactory? loggers = null, int sendingLoops = 1)
    {
        Engine = new TimeSeriesEngine(options ?? new EngineOptions(), Time);
        Gateway = new ViewerGateway(Engine, loggers, sendingLoops, background: work => work());
        Dashboard.AddWidget(new LineChartOptions { Id = "all", Queries = ["s*"] }, Dashboard.DefaultPage.Root);
        Dashboard.AddWidget(new MetricOptions { Id = "cpu", Queries = ["cpu"] }, Dashboard.DefaultPage.Root);
        Dashboard.AddWidget(new LogOptions { Id = "log", Table = "log" }, Dashboard.DefaultPage.Root);
        Dashboard.AddWidget(new TableOptions { Id = "rows", Table = "rows" }, Dashboard.DefaultPage.Root);
    }

    public FakeTimeProvider Time { get; } = new(new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public TimeSeriesEngine Engine { get; }

    public ViewerGateway Gateway { get; }

    public DashboardDocument Dashboard { get; } = new("main");

    public long Now => UnixTime.Now(Time);

    public FakeViewer Connect(bool isBinary, string? subscribe = null)
    {
        var viewer = new FakeViewer(Gateway, Dashboard, isBinary);
        if (subscribe is not null) viewer.Say(subscribe);
        return viewer;
    }

    public static string Views(string views, string? resume = null) =>
        $$"""{"type":"subscribe","views":[{{views}}]{{(resume is null ? "" : ",\"resume\":" + resume)}}}""";

    public TimeSeries Send(string name, params (long Time, double Value)[] points)
    {
        var series = Engine.Resolve(new SeriesKey(name));
        foreach (var (time, value) in points) Engine.Append(series, time, value);
        Engine.RunRound();
        return series;
    }

    /// <summary>So many points, one a millisecond up to now.</summary>
    public TimeSeries SendMany(string name, int count)
    {
        var times = Enumerable.Range(0, count).Select(i => Now - (count - i) * 1_000_000L).ToArray();
        var series = Engine.Resolve(new SeriesKey(name));
        for (var from = 0; from < count; from += 4096)
        {
            var to = Math.Min(count, from + 4096);
            Engine.Append(series, times.AsSpan(from, to - from), times.Skip(from).Take(to - from).Select(time => Math.Sin(time / 1e9)).ToArray());
            Engine.RunRound();
        }
        return series;
    }

    /// <summary>Ticks until nothing more comes.</summary>
    public void Settle(params FakeViewer[] viewers)
    {
        for (var before = -1L; before != Gateway.Counters.MessagesSent;)
        {
            before = Gateway.Counters.MessagesSent;
            Gateway.Tick();
        }
        foreach (var viewer in viewers) viewer.Read();
    }

    /// <summary>Lets happen to a viewer what a network or a hand does: it stalls, takes up again, pauses or goes on, or comes back after a break.</summary>
    public void Disturb(FakeViewer viewer, string view, Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                viewer.Transport.IsStalling = true;
                break;
            case 1:
                viewer.Release();
                break;
            case 2:
                viewer.Say(viewer.IsPaused ? """{"type":"resume"}""" : """{"type":"pause"}""");
                break;
            default:
                // Now and then the server is another one meanwhile.
                Reconnect(viewer, view, random.Next(5) == 0 ? "other" : Gateway.Epoch);
                break;
        }
    }

    /// <summary>Comes back with what the viewer saw last of a view of <c>all</c>.</summary>
    public void Reconnect(FakeViewer viewer, string view, string? epoch = null)
    {
        viewer.Reconnect();
        viewer.Say(Views(view, $$$"""{"epoch":"{{{epoch ?? Gateway.Epoch}}}","sequences":{"all":{{{viewer.Picture.Sequence}}}}}"""));
    }

    /// <summary>Fails unless the viewer holds exactly what a plain reduction of all points in sight gives.</summary>
    public void AssertSees(FakeViewer viewer, long range)
    {
        var (picture, start) = (viewer.Picture, 0L);
        if (picture.Step == 0) Assert.Fail("No view came.");
        start = Tumbling.StartOf(Now - range, picture.Step);
        for (var slot = 0; slot < picture.Names.Count; slot++)
        {
            var points = Points.In(Engine.Resolve(new SeriesKey(picture.Names[slot])).Snapshot, start, long.MaxValue);
            var expected = new Columns();
            M4.ReadPlainly(points.Times, points.Values, picture.Step, expected);
            var actual = picture.ColumnsOf(slot).Where(column => column.Number >= M4.ColumnOf(start, picture.Step)).ToArray();
            var where = $"{(viewer.Transport.IsBinary ? "binary" : "JSON")}, {picture.Names[slot]}";
            Assert.True(expected.Count == actual.Length, $"{where}: {expected.Count} columns are expected and {actual.Length} are there.");
            for (var i = 0; i < actual.Length; i++) Assert.True(IsSame(expected.Items[i], actual[i]), $"{where}: column {i} should be {Text(expected.Items[i])} and is {Text(actual[i])}.");
        }
    }

    public void Dispose() => Engine.Dispose();

    private static bool IsSame(in Column a, in Column b) =>
        a.Number == b.Number && IsSame(a.First, b.First) && IsSame(a.Min, b.Min) && IsSame(a.Max, b.Max) && IsSame(a.Last, b.Last);

    private static bool IsSame(double a, double b) => a == b || (double.IsNaN(a) && double.IsNaN(b));

    private static string Text(in Column c) => $"({c.Number}: {c.First} {c.Min} {c.Max} {c.Last})";
}
