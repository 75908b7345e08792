namespace Weir.Tests.Api;

public class SendTests
{
    [Fact]
    public void Sending_allocates_nothing()
    {
        var dashboard = new Dashboard();
        var metric = dashboard.Metric("cpu");
        var chart = dashboard.LineChart("latency");
        var series = chart.AddSeries("p99");
        var time = DateTimeOffset.UnixEpoch;
        double[] values = [3, 4];
        // The first sends make this thread's lane and let its ring grow to the largest.
        for (var i = 0; i < 100_000; i++) Send();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10_000; i++) Send();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Send()
        {
            metric.Send(1);
            metric.Send(2, time);
            metric.Send(values);
            series.Send(5);
            chart.Send("p99", 6);
            dashboard.Metric("cpu").Send(7);
        }
    }

    [Fact]
    public async Task Eight_threads_keep_their_order_before_during_and_after_a_run()
    {
        const int threads = 8;
        const int sends = 20_000;
        var server = new FakeServer();
        await using var dashboard = server.CreateDashboard();
        var handles = Enumerable.Range(0, threads).Select(i => dashboard.Metric($"m{i}")).ToArray();
        using var half = new CountdownEvent(threads);
        var senders = handles.Select(handle => Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < sends; i++)
                {
                    if (i == sends / 2) half.Signal();
                    handle.Send(i);
                }
            },
            TaskCreationOptions.LongRunning)).ToArray();
        half.Wait(TestContext.Current.CancellationToken);
        await dashboard.StartAsync(TestContext.Current.CancellationToken);
        await Task.WhenAll(senders);
        await dashboard.StopAsync(TestContext.Current.CancellationToken);
        foreach (var handle in handles) Assert.Equal(Enumerable.Range(0, sends).Select(i => (double)i), dashboard.Values(handle.Series));
        Assert.Equal((1, 1), (server.Starts, server.Stops));
    }

    [Fact]
    public async Task The_first_send_starts_the_server_and_after_a_stop_the_next_does()
    {
        var server = new FakeServer();
        var output = new StringWriter();
        await using var dashboard = server.CreateDashboard(output);
        dashboard.StartOnSend();
        var metric = dashboard.Metric("cpu");
        Assert.Equal(0, server.Starts);

        metric.Send(1);
        metric.Send(2);
        await dashboard.Starting;
        Assert.Equal(1, server.Starts);
        Assert.Equal("Weir is live at http://127.0.0.1:3999", output.ToString().Trim());
        Assert.Equal(server.Url, dashboard.Url);

        await dashboard.StopAsync(TestContext.Current.CancellationToken);
        Assert.Null(dashboard.Url);
        Assert.Equal(2, metric.Series.Snapshot.Count);
        metric.Send(3);
        await dashboard.Starting;
        Assert.Equal(2, server.Starts);
    }

    [Fact]
    public async Task A_stop_right_after_the_first_send_has_the_last_word()
    {
        for (var i = 0; i < 100; i++)
        {
            var server = new FakeServer();
            await using var dashboard = server.CreateDashboard();
            dashboard.StartOnSend();
            dashboard.Metric("cpu").Send(1);
            await dashboard.StopAsync(TestContext.Current.CancellationToken);
            Assert.Null(dashboard.Url);
            Assert.Equal((1, 1), (server.Starts, server.Stops));
        }
    }

    [Fact]
    public async Task A_server_that_cannot_start_is_reported_once_and_sends_go_on()
    {
        var server = new FakeServer { Failure = new IOException("Port 3000 is taken.") };
        var errors = new StringWriter();
        await using var dashboard = server.CreateDashboard(errors: errors);
        dashboard.StartOnSend();
        for (var i = 0; i < 10; i++) dashboard.Metric("cpu").Send(i);
        await dashboard.Starting;
        dashboard.Metric("cpu").Send(10);
        Assert.Equal((1, 1), (server.Starts, dashboard.FailedStarts));
        Assert.Contains("Port 3000 is taken.", errors.ToString());
        await Assert.ThrowsAsync<IOException>(() => dashboard.StartAsync(TestContext.Current.CancellationToken));
        await dashboard.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(11, dashboard.Metric("cpu").Series.Snapshot.Count);
    }

    [Fact]
    public async Task Running_ends_when_stopped_or_cancelled()
    {
        var server = new FakeServer();
        await using var dashboard = server.CreateDashboard();
        using var cancellation = new CancellationTokenSource();
        var run = dashboard.RunAsync(cancellation.Token);
        await cancellation.CancelAsync();
        await run;
        run = dashboard.RunAsync(TestContext.Current.CancellationToken);
        await dashboard.StopAsync(TestContext.Current.CancellationToken);
        await run;
        Assert.Equal((2, 2), (server.Starts, server.Stops));
    }
}
