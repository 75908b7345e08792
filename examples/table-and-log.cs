#:package Weir
using System.Diagnostics;
using Weir;

// Rows are plain objects; with a key column, a row with a known key takes the place of the old one.
var processes = Live.Table("processes", new()
{
    Title = "Processes by memory",
    Key = "Pid",
    Sort = "Memory",
    Descending = true,
    Span = 2,
    Columns =
    [
        new("Pid", ColumnType.Number, "PID"),
        new("Name"),
        new("Memory", ColumnType.Bar, Unit: "bytes"),
        new("Threads", ColumnType.Number),
        new("Seen", ColumnType.DateTime),
    ],
});
var log = Live.Log("log", new() { Title = "Comings and goings", Span = 2 });

var known = new Dictionary<int, string>();
using var timer = new Timer(_ => Sample(), null, TimeSpan.Zero, TimeSpan.FromSeconds(1));
Live.Run();

void Sample()
{
    var seen = new HashSet<int>();
    foreach (var process in Process.GetProcesses())
    {
        using (process)
        {
            try
            {
                processes.Send(new { Pid = process.Id, Name = process.ProcessName, Memory = process.WorkingSet64, Threads = process.Threads.Count, Seen = DateTimeOffset.Now });
            }
            catch (InvalidOperationException)
            {
                continue; // it ended while we looked
            }
            seen.Add(process.Id);
            if (known.TryAdd(process.Id, process.ProcessName)) log.Information($"{process.ProcessName} ({process.Id}) is here", "processes");
        }
    }
    foreach (var (pid, name) in known.Where(entry => !seen.Contains(entry.Key)).ToArray())
    {
        known.Remove(pid);
        processes.Remove(pid);
        log.Warning($"{name} ({pid}) has gone", "processes");
    }
}
