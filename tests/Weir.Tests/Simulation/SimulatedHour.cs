using Weir.Engine;
using Weir.Engine.Queries;
using Weir.Engine.Rollups;
using Weir.Engine.Series;
using Weir.Engine.Time;
using Weir.Engine.Windows;
using Weir.Tests.Data;
using Weir.Tests.Server.Gateway;

namespace Weir.Tests.Simulation;

/// <summary>
/// Series whose points come early, late, twice and too late; windows, rollups and viewers over them; viewers that stall, pause, lose
/// their connection and come back; a byte budget that is reached after some minutes. Beside it a plain account of every point.
/// </summary>
internal sealed class SimulatedHour : IDisposable
{
    private const long Second1 = UnixTime.NanosecondsPerSecond;
    private const long Range = 60 * Second1;
    private const int Budget = 1 << 20;
    private static readonly string[] Widths = ["""{"widget":"all","range":60000,"width":600}""", """{"widget":"all","range":60000,"width":37}"""];

    private readonly Random _random;
    private readonly GatewayStage _stage = new(new EngineOptions { BytesMax = Budget });
    private readonly TimeSeries[] _series;
    private readonly PlainSeries[] _plain;
    private readonly (TimeSeries Source, WindowSpec Spec, TimeSeries Output)[] _windows;
    private readonly (FakeViewer Viewer, string View)[] _viewers;
    private long _sent;

    public SimulatedHour(Random random)
    {
        _random = random;
        _series = [.. Enumerable.Range(0, 6).Select(i => Engine.Resolve(new SeriesKey($"s{i}")))];
        var (lateness, ahead) = (Engine.Options.Lateness.Nanoseconds, Engine.Options.Ahead.Nanoseconds);
        _plain = [.. _series.Select(_ => new PlainSeries(lateness, ahead))];
        (string Window, string Aggregation)[] windows =
            [("10s", "avg"), ("1m/5s", "p99"), ("30s sliding", "max"), ("1m", "sum"), ("2m/10s", "stddev"), ("15s", "rate"), ("1m/20s", "distinct"), ("10s/2s", "last")];
        _windows = [.. windows.Select((window, i) => (_series[i % _series.Length], WindowSpec.Parse(window.Window, window.Aggregation)))
            .Select(window => (window.Item1, window.Item2, Engine.Window(window.Item1, window.Item2)))];
        _viewers = [.. Enumerable.Range(0, 3).Select(i => (_stage.Connect(i % 2 == 0), Widths[i % Widths.Length]))];
        foreach (var (viewer, view) in _viewers) viewer.Say(GatewayStage.Views(view));
    }

    private TimeSeriesEngine Engine => _stage.Engine;

    public void Second()
    {
        for (var quarter = 0; quarter < 4; quarter++)
        {
            _stage.Time.Advance(TimeSpan.FromMilliseconds(250));
            for (var i = 0; i < _series.Length; i++) Send(i, _random.Next(_random.Next(100) == 0 ? 200 : 6));
            Engine.RunRound();
            foreach (var plain in _plain) plain.EndRound(_stage.Now);
            if (quarter % 2 == 1) _stage.Gateway.Tick();
        }
        if (_random.Next(8) == 0) Disturb();
        foreach (var (viewer, view) in _viewers)
        {
            if (viewer.Transport.IsAborted) _stage.Reconnect(viewer, view);
        }
    }

    public void AssertBounds()
    {
        Assert.InRange(Engine.Counters.Bytes, 0, Budget);
        Assert.Equal(
            (_plain.Sum(plain => plain.Appended), _plain.Sum(plain => plain.RefusedLate), _plain.Sum(plain => plain.RefusedAhead)),
            (Engine.Counters.Appended, Engine.Counters.RefusedLate, Engine.Counters.RefusedAhead));
        Assert.Equal(_sent, Engine.Counters.Appended + Engine.Counters.RefusedLate + Engine.Counters.RefusedAhead);
        Assert.Equal((0, 0), (Engine.Waiting, Engine.Counters.Lost));
    }

    /// <summary>Lets all viewers come to rest, looks at what each holds, and lets it go on.</summary>
    public void AssertPictures()
    {
        foreach (var (viewer, view) in _viewers)
        {
            viewer.Release();
            if (viewer.Transport.IsAborted) _stage.Reconnect(viewer, view);
            if (viewer.IsPaused) viewer.Say("""{"type":"resume"}""");
        }
        _stage.Settle([.. _viewers.Select(one => one.Viewer)]);
        foreach (var (viewer, _) in _viewers) _stage.AssertSees(viewer, Range);
    }

    /// <summary>What is still held is the end of all that came.</summary>
    public void AssertPoints()
    {
        for (var i = 0; i < _series.Length; i++)
        {
            var (all, held) = (_plain[i].Points, Points.In(_series[i].Snapshot));
            Assert.InRange(held.Count, 1000, all.Count - 1);
            Points.AssertSame(all.Between(held.Times[0], long.MaxValue), held, _series[i].Key.Name);
        }
        Assert.True(Engine.Counters.Evicted > 0);
    }

    /// <summary>Every window still held is what a batch over all points gives, also those whose points are gone.</summary>
    public void AssertWindows()
    {
        foreach (var (source, spec, output) in _windows)
        {
            var points = _plain[Array.IndexOf(_series, source)].Points;
            var held = Points.In(output.Snapshot);
            var batch = Points.Of([.. WindowBatch.Compute(points.Times, points.Values, spec)]);
            Points.AssertSame(batch.Between(held.Times[0], long.MaxValue), held, $"{source.Key} {spec}");
        }
    }

    public void AssertMinutes()
    {
        for (var i = 0; i < _series.Length; i++)
        {
            var points = _plain[i].Points;
            var minutes = Engine.Rollups!.Read(_series[i], long.MinValue, long.MaxValue, Granularity.Minute);
            var expected = points.Times.Zip(points.Values).Where(point => double.IsFinite(point.Second)).GroupBy(point => Tumbling.StartOf(point.First, Range), point => point.Second).ToArray();
            Assert.Equal(
                expected.Select(minute => (minute.Key, (long)minute.Count(), minute.Min(), minute.Max(), minute.First(), minute.Last())),
                minutes.Where(minute => minute.Count > 0).Select(minute => (minute.Start, minute.Count, minute.Min, minute.Max, minute.First, minute.Last)));
        }
    }

    public void AssertQueries()
    {
        var queries = new QueryEngine(Engine.Catalog);
        var now = _stage.Now;
        var latest = _plain.Select(plain => plain.Points.Between(now - 300 * Second1 + 1, now + 1)).ToArray();
        foreach (var (series, points) in _series.Zip(latest))
        {
            var values = points.Between(now - 60 * Second1 + 1, now + 1).Values.Where(value => !double.IsNaN(value)).ToArray();
            var found = queries.Instant($"max_over_time({series.Key.Name}[1m])", now);
            Assert.Equal(values.Max(), Assert.Single(found.Series).Values[0]);
        }
    }

    public void Dispose() => _stage.Dispose();

    private void Send(int which, int count)
    {
        for (; count > 0; count--)
        {
            var time = _stage.Now - _random.Next(1000) switch
            {
                0 => _random.NextInt64(120 * Second1),
                < 20 => _random.NextInt64(55 * Second1),
                < 60 => Tumbling.StartOf(_random.NextInt64(5 * Second1), Second1),
                61 => -2 * 3600 * Second1,
                _ => _random.NextInt64(Second1),
            };
            var value = _random.Next(60) switch { 0 => double.NaN, 1 => double.PositiveInfinity, < 20 => _random.Next(50), _ => 100 * _random.NextDouble() };
            Engine.Append(_series[which], time, value);
            _plain[which].Append(time, value, _stage.Now);
            _sent++;
        }
    }

    private void Disturb()
    {
        var (viewer, view) = _viewers[_random.Next(_viewers.Length)];
        _stage.Disturb(viewer, view, _random);
    }
}
