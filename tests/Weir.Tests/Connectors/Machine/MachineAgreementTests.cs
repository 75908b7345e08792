using System.Diagnostics;
using System.Globalization;
using Weir.Connectors.Machine;
using Weir.Engine;

namespace Weir.Tests.Connectors.Machine;

/// <summary>Compares what the source says of this machine with what vmstat and free say of it at the same time.</summary>
public class MachineAgreementTests
{
    [Fact]
    public void Processor_use_agrees_with_vmstat()
    {
        Require("vmstat");
        var before = Read();
        var row = Run("vmstat", "-n 1 2").TrimEnd().Split('\n')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Number).ToArray();
        var after = Read();

        // vmstat's second lies within ours. What it saw of a kind is at most what we saw, and at least that less the ticks that are ours alone.
        var use = ProcessorUse.Between(before, after)!.Value;
        double all = Ticks(after) - Ticks(before);
        var least = Math.Min(all, 100.0 * Environment.ProcessorCount);
        AssertAgrees("us", row[12], use.User, all, least);
        AssertAgrees("sy", row[13], use.System, all, least);
        AssertAgrees("id", row[14], use.Idle, all, least);
        AssertAgrees("wa", row[15], use.IoWait, all, least);
        AssertAgrees("st", row[16], use.Steal, all, least);
    }

    [Fact]
    public void Memory_agrees_with_free()
    {
        Require("free");
        // Memory moves while free starts. A wrong definition is off by far more than this each time; a right one is within it sooner or later.
        const double tolerance = 1 << 20;
        var differences = new List<string>();
        for (var attempt = 0; attempt < 50; attempt++)
        {
            var memory = MemoryStatistics.Parse(File.ReadAllBytes("/proc/meminfo"));
            // total, used, free, shared, buffers, cache, available
            var fields = Run("free", "-b -w").Split('\n')[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..].Select(Number).ToArray();
            Assert.Equal(fields[0], (double)memory.Total!);
            double[] off = [memory.Used!.Value - fields[1], memory.Free!.Value - fields[2], memory.Buffers!.Value - fields[4], memory.Cached!.Value - fields[5], memory.Available!.Value - fields[6]];
            if (off.All(difference => Math.Abs(difference) <= tolerance)) return;
            differences.Add(string.Join(' ', off));
        }
        Assert.Fail($"Used, free, buffers, cached and available never agreed with free within {tolerance} bytes. They were off by:\n{string.Join('\n', differences)}");
    }

    [Fact]
    public void A_process_of_this_machine_is_in_the_table_as_proc_has_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "There is no /proc on this system.");
        using var engine = new TimeSeriesEngine();
        using var source = new SystemSource(engine, new SystemSourceOptions { ProcessRowsMax = 10_000 });
        source.Sample();
        var row = engine.Tables.Find("system.processes")!.Window(0, 10_000).Rows.Single(row => (double)row[0]! == Environment.ProcessId);
        Assert.Equal(File.ReadAllText("/proc/self/comm").TrimEnd('\n'), row[1]);
        Assert.Equal(Environment.UserName, row[2]);
        Assert.Equal(File.ReadAllText("/proc/self/cmdline").TrimEnd('\0').Replace('\0', ' ')[..20], ((string)row[7]!)[..20]);
    }

    private static void AssertAgrees(string column, double percent, double ours, double all, double least)
    {
        var ticks = ours / 100 * all;
        // Half a percent either way is vmstat's rounding; a tick is the kernel's.
        var low = (ticks - (all - least) - 1) / all * 100 - 0.5;
        var high = Math.Min(100, (ticks + 1) / least * 100) + 0.5;
        Assert.True(percent >= low && percent <= high, $"vmstat's {column} is {percent}, which lies outside {low:F1} to {high:F1}, what our {ours:F2} % of {all} ticks allow.");
    }

    private static ProcessorTimes Read()
    {
        var statistics = new KernelStatistics();
        statistics.Parse(File.ReadAllBytes("/proc/stat"));
        return statistics.Total!.Value;
    }

    private static ulong Ticks(ProcessorTimes t) => t.User + t.Nice + t.System + t.Idle + t.IoWait + t.HardInterrupts + t.SoftInterrupts + t.Steal;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static void Require(string tool)
    {
        var isThere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(directory => File.Exists(Path.Combine(directory, tool)));
        Assert.SkipUnless(isThere, $"{tool} is not on this machine; it comes with procps.");
    }

    private static string Run(string tool, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments) { RedirectStandardOutput = true, Environment = { ["LC_ALL"] = "C" } })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return output;
    }
}
