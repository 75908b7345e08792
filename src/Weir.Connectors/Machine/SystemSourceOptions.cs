using Weir.Engine.Time;

namespace Weir.Connectors.Machine;

/// <summary>What of this machine is sampled, and how often.</summary>
public sealed record SystemSourceOptions
{
    /// <summary>Time between samples: 100 ms to 1 h.</summary>
    public Duration Interval { get; init; } = "1s";

    /// <summary>Whether the table of processes is kept. It is most of what a sample costs.</summary>
    public bool Processes { get; init; } = true;

    /// <summary>Rows of the table of processes: 1 to 10,000; those that use most processor time, then memory.</summary>
    public int ProcessRowsMax { get; init; } = 200;

    /// <summary>Where the kernel shows its statistics; another place for a container that sees its host's.</summary>
    public string ProcPath { get; init; } = "/proc";

    /// <summary>The file that names users.</summary>
    public string PasswdPath { get; init; } = "/etc/passwd";

    internal void Validate()
    {
        if (Interval < "100ms" || Interval > "1h") throw Error(nameof(Interval), Interval, "100ms to 1h");
        if (ProcessRowsMax is < 1 or > 10_000) throw Error(nameof(ProcessRowsMax), ProcessRowsMax, "1 to 10,000");
    }

    private static ArgumentOutOfRangeException Error(string name, object value, string allowed) =>
        new(name, value, $"System source option {name} is {value}; allowed is {allowed}.");
}
