using System.Buffers.Text;

namespace Weir.Connectors.Machine;

/// <summary>One reading of <c>/proc/stat</c>. Fields that the kernel did not give, or that did not parse, are null.</summary>
internal sealed class KernelStatistics
{
    public ProcessorTimes? Total { get; private set; }

    /// <summary>By number; offline processors are missing.</summary>
    public List<(int Number, ProcessorTimes Times)> Processors { get; } = [];

    public ulong? ContextSwitches { get; private set; }

    public ulong? Interrupts { get; private set; }

    /// <summary>Processes and threads ever made.</summary>
    public ulong? Forks { get; private set; }

    public ulong? Running { get; private set; }

    /// <summary>Waiting for I/O to complete.</summary>
    public ulong? Blocked { get; private set; }

    /// <summary>Reads a text in place of what was read before. A line that does not parse is as if it were missing.</summary>
    public void Parse(ReadOnlySpan<byte> text)
    {
        (Total, ContextSwitches, Interrupts, Forks, Running, Blocked) = (null, null, null, null, null, null);
        Processors.Clear();
        var lines = new FieldReader(text);
        while (lines.TryReadLine(out var line))
        {
            var fields = new FieldReader(line);
            var name = fields.ReadField();
            if (name.StartsWith("cpu"u8)) ParseProcessor(name[3..], fields.Rest);
            else if (name.SequenceEqual("ctxt"u8)) ContextSwitches = Number(ref fields);
            else if (name.SequenceEqual("intr"u8)) Interrupts = Number(ref fields);
            else if (name.SequenceEqual("processes"u8)) Forks = Number(ref fields);
            else if (name.SequenceEqual("procs_running"u8)) Running = Number(ref fields);
            else if (name.SequenceEqual("procs_blocked"u8)) Blocked = Number(ref fields);
        }
    }

    private void ParseProcessor(ReadOnlySpan<byte> number, ReadOnlySpan<byte> fields)
    {
        if (!ProcessorTimes.TryParse(fields, out var times)) return;
        if (number.IsEmpty) Total = times;
        else if (Utf8Parser.TryParse(number, out int index, out var consumed) && consumed == number.Length) Processors.Add((index, times));
    }

    private static ulong? Number(ref FieldReader fields) => fields.TryReadNumber(out ulong value) ? value : null;
}
