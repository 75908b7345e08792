using System.Buffers.Text;

namespace Weir.Connectors.Machine;

/// <summary>One reading of <c>/proc/[pid]/stat</c> (proc_pid_stat(5)): processor time in clock ticks, resident memory in pages.</summary>
internal readonly ref struct ProcessStatistics
{
    /// <summary>The name of the program, at most 15 bytes, as the kernel keeps it. It may hold blanks and brackets.</summary>
    public ReadOnlySpan<byte> Name { get; private init; }

    public byte State { get; private init; }

    /// <summary>In user and kernel mode together.</summary>
    public ulong Ticks { get; private init; }

    public ulong Threads { get; private init; }

    /// <summary>Ticks after the machine's start; with the pid it names a process for good.</summary>
    public ulong StartTicks { get; private init; }

    public ulong ResidentPages { get; private init; }

    public static bool TryParse(ReadOnlySpan<byte> text, out ProcessStatistics statistics)
    {
        statistics = default;
        var open = text.IndexOf((byte)'(');
        var close = text.LastIndexOf((byte)')');
        if (open < 0 || close < open) return false;
        var fields = new FieldReader(text[(close + 1)..]);
        var state = fields.ReadField();
        if (state.Length != 1) return false;
        // Fields 4 to 13 lie between the state and the user time, 14; see the manual's numbering.
        fields.SkipFields(10);
        if (!fields.TryReadNumber(out ulong user) || !fields.TryReadNumber(out ulong system)) return false;
        fields.SkipFields(4);
        if (!fields.TryReadNumber(out ulong threads)) return false;
        fields.SkipFields(1);
        if (!fields.TryReadNumber(out ulong start)) return false;
        fields.SkipFields(1);
        if (!fields.TryReadNumber(out ulong pages)) return false;
        statistics = new ProcessStatistics
        {
            Name = text[(open + 1)..close],
            State = state[0],
            Ticks = user + system,
            Threads = threads,
            StartTicks = start,
            ResidentPages = pages,
        };
        return true;
    }

    /// <summary>The state in the words of <c>/proc/[pid]/status</c>.</summary>
    public static string StateName(byte state) => (char)state switch
    {
        'R' => "running",
        'S' => "sleeping",
        'D' => "disk sleep",
        'T' => "stopped",
        't' => "tracing stop",
        'Z' => "zombie",
        'X' or 'x' => "dead",
        'I' => "idle",
        'P' => "parked",
        'W' => "waking",
        'K' => "wakekill",
        _ => "unknown",
    };

    /// <summary>The effective user id of <c>/proc/[pid]/status</c>; null when the text does not say.</summary>
    public static int? ParseUser(ReadOnlySpan<byte> status)
    {
        var lines = new FieldReader(status);
        while (lines.TryReadLine(out var line))
        {
            if (!line.StartsWith("Uid:"u8)) continue;
            var fields = new FieldReader(line["Uid:"u8.Length..]);
            fields.SkipFields(1);
            var effective = fields.ReadField();
            return Utf8Parser.TryParse(effective, out uint id, out var consumed) && consumed == effective.Length ? unchecked((int)id) : null;
        }
        return null;
    }
}
