using Weir.Engine.Time;

namespace Weir.Engine.Tables;

/// <summary>How much a log line matters, as <c>Microsoft.Extensions.Logging</c> grades it.</summary>
public enum LogSeverity
{
    Trace,
    Debug,
    Information,
    Warning,
    Error,
    Critical,
}

/// <summary>A table used as a log: time (Unix milliseconds), level, source, message.</summary>
public sealed class LogTable
{
    private readonly TimeProvider _time;

    internal LogTable(RowTable table, TimeProvider time) => (Table, _time) = (table, time);

    public RowTable Table { get; }

    /// <summary>Adds a line. A message over 4,096 characters is cut and ends in "…".</summary>
    public void Send(string message, LogSeverity severity = LogSeverity.Information, string source = "", long? time = null) =>
        Table.Send(UnixTime.ToMilliseconds(time ?? UnixTime.Now(_time)), severity.ToString().ToLowerInvariant(), source, message);

    internal static RowTable Create(string name, int rowsMax) => new(
        name,
        [new("time", ColumnType.DateTime, "Time"), new("level", ColumnType.Level, "Level"), new("source", ColumnType.Text, "Source"), new("message", ColumnType.Text, "Message")],
        rowsMax: rowsMax);
}
