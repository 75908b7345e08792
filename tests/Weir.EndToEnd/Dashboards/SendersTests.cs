using System.Globalization;
using System.Text.Json;
using Weir.Engine.Time;
using Weir.EndToEnd.Browser;
using Weir.EndToEnd.Servers;

namespace Weir.EndToEnd.Dashboards;

public sealed class SendersTests(Chromium chromium) : BrowserTest(chromium)
{
    private const int ThreadCount = 8;
    private const int BurstLength = 20;

    [Fact]
    public async Task Eight_threads_when_the_server_starts_stops_and_starts_under_them_then_every_order_is_kept_and_every_point_accounted_for()
    {
        var dashboard = Own(Sample.Create(FreePort.Take()));
        var chart = dashboard.LineChart("threads");
        var series = Enumerable.Range(0, ThreadCount).Select(i => chart.AddSeries($"thread {i}")).ToArray();
        var sent = new long[ThreadCount];
        var failures = new Exception?[ThreadCount];
        using var stop = new ManualResetEventSlim();
        var threads = Enumerable.Range(0, ThreadCount).Select(i => new Thread(() => SendUntil(stop, series[i], ref sent[i], ref failures[i]))).ToArray();
        foreach (var thread in threads) thread.Start();

        await dashboard.StartAsync(TestContext.Current.CancellationToken);
        var page = await OpenAsync(dashboard.Url!);
        await page.ExpectStateAsync("live", "threads");
        for (var round = 0; round < 3; round++)
        {
            await dashboard.StopAsync(TestContext.Current.CancellationToken);
            await ExpectProgressAsync(sent);
            await dashboard.StartAsync(TestContext.Current.CancellationToken);
            await ExpectProgressAsync(sent);
        }
        await page.ExpectConnectionAsync("live");
        await page.ExpectNewestAsync("threads", await page.NewestAsync("threads") + 500);
        stop.Set();
        foreach (var thread in threads) thread.Join();
        var total = sent.Sum();
        await Limit.Until(() => Accounted(dashboard) == total, "every point is taken in or counted as lost");
        await ExpectOrderOverHttpAsync(dashboard.Url!);
        await dashboard.StopAsync(TestContext.Current.CancellationToken);

        Assert.All(failures, Assert.Null);
        Assert.Equal(total, Accounted(dashboard));
        var kept = 0L;
        for (var i = 0; i < ThreadCount; i++)
        {
            var (times, values) = (new List<long>(), new List<double>());
            series[i].Series.Snapshot.Read(long.MinValue, long.MaxValue, times, values);
            kept += values.Count;
            for (var n = 1; n < values.Count; n++)
            {
                Assert.True(values[n] > values[n - 1], $"Thread {i} sent {values[n]} after {values[n - 1]}.");
                Assert.True(times[n] > times[n - 1], $"Thread {i}: time went from {times[n - 1]} to {times[n]}.");
            }
            Assert.Equal(sent[i] - 1, values[^1]);
        }
        Assert.Equal(dashboard.Engine.Counters.Appended - dashboard.Engine.Counters.Evicted, kept);
    }

    private static long Accounted(Dashboard dashboard)
    {
        var (engine, counters) = (dashboard.Engine, dashboard.Engine.Counters);
        return counters.Appended + counters.Lost + engine.DroppedNewest + counters.RefusedLate + counters.RefusedAhead;
    }

    private static void SendUntil(ManualResetEventSlim stop, SeriesHandle series, ref long sent, ref Exception? failure)
    {
        try
        {
            do
            {
                for (var i = 0; i < BurstLength; i++) series.Send(sent++);
            }
            while (!stop.Wait(TimeSpan.FromMilliseconds(1)));
        }
        catch (Exception e)
        {
            failure = e;
        }
    }

    private static Task ExpectProgressAsync(long[] sent)
    {
        var before = sent.ToArray();
        return Limit.Until(() => Enumerable.Range(0, sent.Length).All(i => Volatile.Read(ref sent[i]) > before[i] + 5 * BurstLength), "all threads go on sending");
    }

    private static async Task ExpectOrderOverHttpAsync(Uri url)
    {
        var now = UnixTime.Now(TimeProvider.System) / 1e9;
        var query = string.Create(CultureInfo.InvariantCulture, $"api/v1/query_range?query=threads&start={now - 30:F3}&end={now:F3}&step=0.01");
        using var client = new HttpClient();
        using var answer = JsonDocument.Parse(await client.GetStringAsync(new Uri(url, query), TestContext.Current.CancellationToken));
        var result = answer.RootElement.GetProperty("data").GetProperty("result").EnumerateArray().ToArray();
        Assert.Equal(ThreadCount, result.Length);
        foreach (var one in result)
        {
            var values = one.GetProperty("values").EnumerateArray().Select(pair => double.Parse(pair[1].GetString()!, CultureInfo.InvariantCulture)).ToArray();
            Assert.NotEmpty(values);
            Assert.Equal(values.Order(), values);
        }
    }
}
