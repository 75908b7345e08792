using System.Globalization;
using System.IO.Enumeration;
using System.Text;
using Weir.Engine;
using Weir.Engine.Tables;

namespace Weir.Connectors.Machine;

/// <summary>
/// The table <c>system.processes</c>: the processes that use most processor time, then memory. Columns: <c>pid</c> (the key), <c>name</c>,
/// <c>user</c>, <c>cpu</c> (percent of one processor since the sample before), <c>memory</c> (resident bytes), <c>threads</c>, <c>state</c>,
/// <c>command</c> (the command line; for threads of the kernel the name in brackets).
/// </summary>
public sealed class ProcessTable
{
    public const string Name = "system.processes";
    private const int CommandLengthMax = 512;

    // A program may change its command line or user while it runs; few do.
    private const int RefreshEvery = 30;

    private readonly string _procPath;
    private readonly int _rowsMax;
    private readonly TimeProvider _time;
    private readonly RowTable _table;
    private readonly UserNames _users;
    private readonly double _ticksPerSecond;
    private readonly Dictionary<int, ProcessRow> _rows = [];
    private readonly List<ProcessRow> _order = [];
    private readonly List<int> _gone = [];
    private byte[] _buffer = new byte[4096];
    private long _sample;

    internal ProcessTable(TimeSeriesEngine engine, SystemSourceOptions options, TimeProvider time)
    {
        (_procPath, _rowsMax, _time) = (options.ProcPath, options.ProcessRowsMax, time);
        _users = new UserNames(options.PasswdPath);
        _ticksPerSecond = ClockTicks.PerSecond(_procPath);
        _table = engine.Tables.Resolve(Name, () => new RowTable(
            Name,
            [
                new("pid", ColumnType.Number, "PID"), new("name", Title: "Name"), new("user", Title: "User"),
                new("cpu", ColumnType.Bar, "CPU", "%", 100), new("memory", ColumnType.Number, "Memory", "bytes"),
                new("threads", ColumnType.Number, "Threads"), new("state", ColumnType.Badge, "State"), new("command", Title: "Command"),
            ],
            "pid",
            _rowsMax));
    }

    /// <summary>Takes a sample. Returns how many processes there are.</summary>
    internal int Sample()
    {
        _sample++;
        _order.Clear();
        foreach (var pid in Pids()) SampleProcess(pid);
        Forget();
        _order.Sort(ByUse);
        var shown = new object?[Math.Min(_order.Count, _rowsMax)][];
        for (var i = 0; i < shown.Length; i++) shown[i] = _order[i].Cells;
        _table.Replace(shown);
        return _order.Count;
    }

    private static int ByUse(ProcessRow a, ProcessRow b)
    {
        var byCpu = b.Cpu.GetValueOrDefault().CompareTo(a.Cpu.GetValueOrDefault());
        if (byCpu != 0) return byCpu;
        var byMemory = b.Memory.CompareTo(a.Memory);
        return byMemory != 0 ? byMemory : a.Pid.CompareTo(b.Pid);
    }

    private FileSystemEnumerable<int> Pids() => new(
        _procPath,
        static (ref FileSystemEntry entry) => Pid(entry.FileName),
        new EnumerationOptions { AttributesToSkip = 0, IgnoreInaccessible = true, RecurseSubdirectories = false })
    {
        ShouldIncludePredicate = static (ref FileSystemEntry entry) => Pid(entry.FileName) > 0,
    };

    private static int Pid(ReadOnlySpan<char> name) => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0;

    private void SampleProcess(int pid)
    {
        _rows.TryGetValue(pid, out var row);
        var path = row?.StatPath ?? $"{_procPath}/{pid}/stat";
        if (!TryRead(path, out var text) || !ProcessStatistics.TryParse(text, out var statistics)) return;
        var timestamp = _time.GetTimestamp();
        if (row is null || row.StartTicks != statistics.StartTicks) row = _rows[pid] = new ProcessRow(pid, path, statistics.StartTicks);
        var isNew = row.Sample == 0;
        var cpu = isNew ? null : Percent(statistics.Ticks, row.Ticks, _time.GetElapsedTime(row.Timestamp, timestamp));
        var isRenamed = row.Rename(statistics.Name);
        row.Measure(statistics, cpu, Environment.SystemPageSize);
        (row.Sample, row.Timestamp) = (_sample, timestamp);
        // Last, because it reads into the same buffer.
        if (isNew || isRenamed || (_sample + pid) % RefreshEvery == 0) Identify(row);
        _order.Add(row);
    }

    private double? Percent(ulong ticks, ulong earlier, TimeSpan elapsed) =>
        ticks < earlier || elapsed <= TimeSpan.Zero ? null : 100 * (ticks - earlier) / _ticksPerSecond / elapsed.TotalSeconds;

    private void Identify(ProcessRow row)
    {
        if (TryRead($"{_procPath}/{row.Pid}/status", out var status) && ProcessStatistics.ParseUser(status) is { } id) row.User = _users.Find(id);
        if (!TryRead($"{_procPath}/{row.Pid}/cmdline", out var command)) return;
        row.Command = command.IsEmpty ? $"[{row.Name}]" : CommandLine(command);
    }

    private static string CommandLine(ReadOnlySpan<byte> arguments)
    {
        arguments = arguments.TrimEnd((byte)0);
        var isCut = arguments.Length > CommandLengthMax;
        var text = Encoding.UTF8.GetString(isCut ? arguments[..CommandLengthMax] : arguments);
        return string.Create(text.Length + (isCut ? 1 : 0), text, static (span, text) =>
        {
            span[^1] = '…';
            for (var i = 0; i < text.Length; i++) span[i] = char.IsControl(text[i]) ? ' ' : text[i];
        });
    }

    private bool TryRead(string path, out ReadOnlySpan<byte> text)
    {
        try
        {
            using var handle = ProcFile.Open(path);
            text = ProcFile.ReadAll(handle, ref _buffer);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended between the listing and the reading, or is another user's on a machine that hides those.
            text = default;
            return false;
        }
    }

    private void Forget()
    {
        _gone.Clear();
        foreach (var (pid, row) in _rows)
        {
            if (row.Sample != _sample) _gone.Add(pid);
        }
        foreach (var pid in _gone) _rows.Remove(pid);
    }
}
