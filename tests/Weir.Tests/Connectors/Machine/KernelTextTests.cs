using System.Text;
using Weir.Connectors.Machine;

namespace Weir.Tests.Connectors.Machine;

public class KernelTextTests
{
    private static byte[] Recorded(string name) => Golden.Bytes(Path.Combine("machine", name));

    private static KernelStatistics Statistics(string name)
    {
        var statistics = new KernelStatistics();
        statistics.Parse(Recorded(name));
        return statistics;
    }

    [Fact]
    public void Statistics_of_a_present_kernel_are_read()
    {
        var statistics = Statistics("stat-6.18.txt");
        Assert.Equal(new ProcessorTimes(185849, 559, 11129, 457364, 1540, 0, 418, 9705), statistics.Total);
        Assert.Equal([0, 1], statistics.Processors.Select(processor => processor.Number));
        Assert.Equal((1376712ul, 3127705ul, 13617ul), (statistics.Interrupts, statistics.ContextSwitches, statistics.Forks));
        Assert.Equal((6ul, 0ul), (statistics.Running, statistics.Blocked));
    }

    [Fact]
    public void A_kernel_that_gives_four_fields_has_the_others_at_zero()
    {
        var statistics = Statistics("stat-2.6.9-format.txt");
        Assert.Equal(new ProcessorTimes(1000, 50, 300, 8000, 0, 0, 0, 0), statistics.Total);
        Assert.Null(statistics.Running);
    }

    [Fact]
    public void Malformed_lines_are_as_if_they_were_missing()
    {
        var statistics = Statistics("stat-malformed.txt");
        Assert.Null(statistics.Total);
        Assert.Equal(0, Assert.Single(statistics.Processors).Number);
        Assert.Null(statistics.Interrupts);
        Assert.Null(statistics.ContextSwitches);
        Assert.Equal(3ul, statistics.Running);
        Assert.Null(statistics.Blocked);
    }

    [Fact]
    public void Use_adds_up_and_agrees_with_the_definitions_of_vmstat()
    {
        var use = ProcessorUse.Between(default, new ProcessorTimes(User: 10, Nice: 5, System: 8, Idle: 60, IoWait: 7, HardInterrupts: 1, SoftInterrupts: 4, Steal: 5))!.Value;
        Assert.Equal(new ProcessorUse(15, 13, 60, 7, 5), use);
        Assert.Equal(33, use.Busy);
    }

    [Fact]
    public void Counters_that_fall_give_no_use_but_idle_may_run_backwards_a_little()
    {
        var earlier = new ProcessorTimes(100, 0, 100, 1000, 50, 0, 0, 0);
        Assert.Null(ProcessorUse.Between(earlier, earlier));
        Assert.Null(ProcessorUse.Between(earlier, earlier with { User = 1, Idle = 2000 }));
        Assert.Equal(100, ProcessorUse.Between(earlier, earlier with { User = 200, Idle = 999 })!.Value.User);
    }

    [Fact]
    public void Memory_is_as_free_has_it()
    {
        var memory = MemoryStatistics.Parse("MemTotal: 1000 kB\nMemFree: 100 kB\nMemAvailable: 600 kB\nBuffers: 50 kB\nCached: 300 kB\nSReclaimable: 25 kB\nSwapTotal: 20 kB\nSwapFree: 5 kB\n"u8);
        Assert.Equal(400ul * 1024, memory.Used);
        Assert.Equal(325ul * 1024, memory.Cached);
        Assert.Equal(15ul * 1024, memory.SwapUsed);
    }

    [Fact]
    public void A_kernel_that_does_not_tell_what_is_available_has_used_without_caches()
    {
        var memory = MemoryStatistics.Parse(Recorded("meminfo-3.10-format.txt"));
        Assert.Null(memory.Available);
        Assert.Equal(450_000ul * 1024, memory.Used);
        Assert.Null(MemoryStatistics.Parse("MemTotal: many kB\n"u8).Used);
    }

    [Fact]
    public void Disks_are_whole_devices_that_did_something()
    {
        var disks = new List<DiskTotals>();
        DiskStatistics.Parse(Recorded("diskstats-partitions.txt"), disks);
        Assert.Equal(["sda", "nvme0n1", "dm-1", "dm-10", "mmcblk0", "mmcblk0boot0"], disks.Select(disk => disk.Device));
        Assert.Equal(new DiskTotals("sda", 2000 * 512, 1000 * 512), disks[0]);
        DiskStatistics.Parse(Recorded("diskstats-6.18.txt"), disks);
        Assert.Equal("vda", Assert.Single(disks).Device);
    }

    [Fact]
    public void Interfaces_are_those_that_carried_something()
    {
        var networks = new List<NetworkTotals>();
        NetworkStatistics.Parse(Recorded("net-dev-old.txt"), networks);
        Assert.Equal([new("lo", 100, 100), new("eth0", 4294967295, 200), new NetworkTotals("eth0:1", 10, 20)], networks);
    }

    [Theory]
    [InlineData("1.12 1.03 0.57 3/129 6176\n", 1.12, 129)]
    [InlineData("0.00 0.01 0.05 1/80", 0.0, 80)]
    public void Load_is_read(string text, double one, int threads)
    {
        var load = LoadStatistics.Parse(Encoding.UTF8.GetBytes(text));
        Assert.Equal((one, (ulong)threads), (load!.Value.OneMinute, load.Value.Threads!.Value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.0 2.0")]
    [InlineData("a b c")]
    public void Load_that_is_none_is_null(string text) => Assert.Null(LoadStatistics.Parse(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("some avg10=1.89 avg60=1.70 avg300=2.38 total=27471313\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=0\n", 1.89)]
    [InlineData("full avg10=0.50\n", null)]
    [InlineData("some avg10=x\n", null)]
    [InlineData("", null)]
    public void Pressure_is_read_or_absent(string text, double? percent) => Assert.Equal(percent, PressureStatistics.ParseSome(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_process_whose_name_holds_blanks_and_brackets_is_read()
    {
        var text = "42 (a) b (c)) S 1 2 3 4 5 6 7 8 9 10 500 250 0 0 20 0 7 0 9999 123456 321 18446744073709551615\n"u8;
        Assert.True(ProcessStatistics.TryParse(text, out var statistics));
        Assert.Equal("a) b (c)", Encoding.UTF8.GetString(statistics.Name));
        Assert.Equal((750ul, 7ul, 9999ul, 321ul), (statistics.Ticks, statistics.Threads, statistics.StartTicks, statistics.ResidentPages));
        Assert.False(ProcessStatistics.TryParse(text[..60], out _));
        Assert.False(ProcessStatistics.TryParse("42"u8, out _));
    }

    [Fact]
    public void Random_bytes_never_throw()
    {
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            var text = new byte[random.Next(300)];
            random.NextBytes(text);
            // Mostly what such files are made of, so that the parsers get past their first field.
            for (var j = 0; j < text.Length; j++) text[j] = "cpu intr:0123456789 \n\n()=/.kB-"u8[text[j] % 30];
            new KernelStatistics().Parse(text);
            MemoryStatistics.Parse(text);
            DiskStatistics.Parse(text, []);
            NetworkStatistics.Parse(text, []);
            LoadStatistics.Parse(text);
            PressureStatistics.ParseSome(text);
            _ = ProcessStatistics.TryParse(text, out _);
            _ = ProcessStatistics.ParseUser(text);
        }
    }
}
