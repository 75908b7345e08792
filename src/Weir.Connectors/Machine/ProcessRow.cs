using System.Text;

namespace Weir.Connectors.Machine;

/// <summary>What is known of one process from sample to sample.</summary>
internal sealed class ProcessRow(int pid, string statPath, ulong startTicks)
{
    private readonly object _pidCell = (double)pid;
    private object _memoryCell = 0.0;
    private object _threadsCell = 0.0;
    private byte[] _nameBytes = [];
    private string _state = "";
    private double _threads;

    public int Pid => pid;

    public string StatPath => statPath;

    public ulong StartTicks => startTicks;

    public string Name { get; private set; } = "";

    public string User { get; set; } = "";

    public string Command { get; set; } = "";

    /// <summary>Percent of one processor; null in the first sample, where there is nothing to compare with.</summary>
    public double? Cpu { get; private set; }

    /// <summary>Resident bytes.</summary>
    public double Memory { get; private set; }

    public ulong Ticks { get; private set; }

    public long Timestamp { get; set; }

    /// <summary>The last sample it was in.</summary>
    public long Sample { get; set; }

    /// <summary>A new array each time, because the table keeps it.</summary>
    public object?[] Cells => [_pidCell, Name, User, Cpu == 0 ? Zero : Cpu, _memoryCell, _threadsCell, _state, Command];

    private static object Zero { get; } = 0.0;

    /// <summary>Takes the name over. True when it changed, as when the process runs another program now.</summary>
    public bool Rename(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual(_nameBytes)) return false;
        _nameBytes = name.ToArray();
        Name = Encoding.UTF8.GetString(name);
        return true;
    }

    public void Measure(in ProcessStatistics statistics, double? cpu, int pageBytes)
    {
        (Cpu, Ticks, _state) = (cpu, statistics.Ticks, ProcessStatistics.StateName(statistics.State));
        var memory = (double)statistics.ResidentPages * pageBytes;
        if (memory != Memory) (_memoryCell, Memory) = (memory, memory);
        if (statistics.Threads != _threads) (_threadsCell, _threads) = ((double)statistics.Threads, statistics.Threads);
    }
}
