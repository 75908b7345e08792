using Microsoft.Extensions.Time.Testing;
using Weir.Connectors.Machine;
using Weir.Engine;
using Weir.Tests.Data;

namespace Weir.Tests.Connectors.Machine;

/// <summary>A machine made of files, moved by hand.</summary>
public sealed class SystemSourceTests : IDisposable
{
    private readonly string _proc = Directory.CreateTempSubdirectory("weir-proc-").FullName;
    private readonly FakeTimeProvider _time = ManualClock.AtNoon();
    private readonly TimeSeriesEngine _engine;
    private readonly SystemSource _source;

    public SystemSourceTests()
    {
        _engine = new TimeSeriesEngine(time: _time);
        Write("passwd", "root:x:0:0::/root:/bin/sh\nalice:x:1000:1000::/home/alice:/bin/sh\n");
        _source = new SystemSource(_engine, new SystemSourceOptions { ProcPath = _proc, PasswdPath = Path.Combine(_proc, "passwd"), ProcessRowsMax = 2 }, _time);
    }

    public void Dispose()
    {
        _source.Dispose();
        _engine.Dispose();
        Directory.Delete(_proc, recursive: true);
    }

    [Fact]
    public void Use_of_processors_is_what_passed_between_samples()
    {
        Write("stat", "cpu 100 0 100 800 0 0 0 0\ncpu0 100 0 100 800 0 0 0 0\n");
        Tick();
        Write("stat", "cpu 130 0 110 850 10 0 0 0\ncpu0 130 0 110 850 10 0 0 0\n");
        Tick();
        Assert.Equal([40], _engine.ValuesOf("system.cpu"));
        Assert.Equal([30], _engine.ValuesOf("system.cpu.user"));
        Assert.Equal([10], _engine.ValuesOf("system.cpu.iowait"));
        Assert.Equal([40], _engine.ValuesOf("system.cpu.core{core=\"0\"}"));
    }

    [Fact]
    public void A_processor_that_goes_offline_leaves_a_gap()
    {
        Write("stat", "cpu 0 0 0 0\ncpu1 0 0 0 0\n");
        Tick();
        Write("stat", "cpu 1 0 0 1\ncpu1 1 0 0 1\n");
        Tick();
        Write("stat", "cpu 2 0 0 2\n");
        Tick();
        Write("stat", "cpu 3 0 0 3\ncpu1 0 0 0 0\n");
        Tick();
        Assert.Equal([50, double.NaN], _engine.ValuesOf("system.cpu.core{core=\"1\"}"));
    }

    [Fact]
    public void Rates_are_per_second_whatever_the_time_between_samples()
    {
        Disk("sda", 0, 8);
        Tick(seconds: 4);
        Disk("sda", 2, 8);
        Tick();
        Assert.Equal([256], _engine.ValuesOf("system.disk.read{device=\"sda\"}"));
        Assert.Equal([0], _engine.ValuesOf("system.disk.write{device=\"sda\"}"));
    }

    [Fact]
    public void A_counter_that_falls_is_a_gap_and_no_spike()
    {
        Disk("sda", 1_000_000, 1);
        Tick();
        Disk("sda", 10, 1);
        Tick();
        Disk("sda", 12, 1);
        Tick();
        Assert.Equal([double.NaN, 1024], _engine.ValuesOf("system.disk.read{device=\"sda\"}"));
    }

    [Fact]
    public void A_device_that_goes_leaves_a_gap_and_begins_anew_when_it_returns()
    {
        Disk("sdb", 2, 2);
        Tick();
        Disk("sdb", 4, 2);
        Tick();
        Write("diskstats", "");
        Tick();
        Tick();
        Disk("sdb", 100_000, 2);
        Tick();
        Disk("sdb", 100_002, 2);
        Tick();
        Assert.Equal([1024, double.NaN, 1024], _engine.ValuesOf("system.disk.read{device=\"sdb\"}"));
    }

    [Fact]
    public void What_the_kernel_does_not_offer_has_no_series()
    {
        Write("stat", "cpu 1 0 0 1\n");
        Tick();
        Tick();
        Assert.Empty(_engine.ValuesOf("system.pressure"));
        Assert.DoesNotContain(_engine.Catalog.All, series => series.Key.Name is "system.pressure" or "system.memory.used" or "system.interrupts");
    }

    [Fact]
    public void Processes_show_who_they_are_and_the_busiest_come_first()
    {
        Process(10, "idle one", uid: 0, ticks: 5, pages: 100, command: "");
        Process(11, "worker", uid: 1000, ticks: 100, pages: 10, command: "worker\0--fast\0");
        Process(12, "other", uid: 4242, ticks: 7, pages: 1, command: "other\0");
        Tick();
        Process(11, "worker", uid: 1000, ticks: 150, pages: 10, command: "worker\0--fast\0");
        Tick();

        var rows = Rows();
        Assert.Equal(2, rows.Length);
        double page = Environment.SystemPageSize;
        Assert.Equal([11.0, "worker", "alice", 50.0, 10 * page, 3.0, "sleeping", "worker --fast"], rows[0]);
        Assert.Equal([10.0, "idle one", "root", 0.0, 100 * page, 3.0, "sleeping", "[idle one]"], rows[1]);
        Assert.Equal([3, 3], _engine.ValuesOf("system.processes.total"));
    }

    [Fact]
    public void A_process_that_ended_goes_and_a_new_one_of_its_number_begins_anew()
    {
        Process(10, "first", uid: 0, ticks: 500, pages: 1, command: "first\0");
        Tick();
        Process(10, "second", uid: 4242, ticks: 3, pages: 1, command: "second\0", start: 9);
        Tick();
        var row = Assert.Single(Rows());
        Assert.Equal(["second", "4242", null], [row[1], row[2], row[3]]);
        Directory.Delete(Path.Combine(_proc, "10"), recursive: true);
        Tick();
        Assert.Empty(Rows());
    }

    [Fact]
    public void It_samples_on_its_own_schedule()
    {
        Write("uptime", "12.5 20.0\n");
        _source.Start();
        for (var step = 0; step < 5; step++) _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal([12.5, 12.5, 12.5], _engine.ValuesOf("system.uptime"));
        _source.Dispose();
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(3, _engine.ValuesOf("system.uptime").Length);
    }

    [Fact]
    public void An_interval_out_of_range_is_refused()
    {
        var refusal = Assert.Throws<ArgumentOutOfRangeException>(() => new SystemSource(_engine, new SystemSourceOptions { Interval = "50ms" }));
        Assert.Contains("100ms to 1h", refusal.Message, StringComparison.Ordinal);
    }

    private void Tick(double seconds = 1)
    {
        _source.Sample();
        _time.Advance(TimeSpan.FromSeconds(seconds));
    }

    private object?[][] Rows() => _engine.Tables.Find("system.processes")!.Window(0, 100, 3, descending: true).Rows;

    private void Disk(string name, long sectorsRead, long sectorsWritten) =>
        Write("diskstats", $"   8       0 {name} 1 0 {sectorsRead} 0 1 0 {sectorsWritten} 0 0 0 0\n");

    private void Process(int pid, string name, int uid, int ticks, int pages, string command, int start = 7)
    {
        Write($"{pid}/stat", $"{pid} ({name}) S 1 2 3 4 5 6 7 8 9 10 {ticks} 0 0 0 20 0 3 0 {start} 1 {pages} 0\n");
        Write($"{pid}/status", $"Name:\t{name}\nUid:\t{uid}\t{uid}\t{uid}\t{uid}\n");
        Write($"{pid}/cmdline", command);
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(_proc, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
