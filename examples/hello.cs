#:package Weir
using Weir;
Live.Metric("cpu").Send(75);

// That was all. What follows sends real values of this process, ten times a second.
var memory = Live.Metric("memory", new() { Title = "Managed memory", Unit = "bytes", Area = true });
var allocations = Live.Metric("allocations", new() { Title = "Allocations", Unit = "bytes/s", Smooth = true });
var walk = Live.Metric("walk", new() { Title = "Random walk", Warning = 20, Critical = 40 });

var interval = TimeSpan.FromSeconds(0.1);
var (busy, allocated, position) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes(), 0.0);
using var timer = new Timer(_ => Sample(), null, interval, interval);

Live.Run(); // until Ctrl+C

void Sample()
{
    var (busyNow, allocatedNow) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
    Live.Metric("cpu").Send(100 * (busyNow - busy) / interval);
    allocations.Send((allocatedNow - allocated) / interval.TotalSeconds);
    memory.Send(GC.GetTotalMemory(forceFullCollection: false));
    walk.Send(position += Random.Shared.NextDouble() - 0.5);
    (busy, allocated) = (busyNow, allocatedNow);
}
