namespace Weir.Connectors.Machine;

/// <summary>
/// How the time between two readings was spent, in percent of it (0 to 100), by vmstat's definitions: user with nice, system with
/// interrupts, idle, waiting for I/O, stolen by the hypervisor. They add up to 100.
/// </summary>
internal readonly record struct ProcessorUse(double User, double System, double Idle, double IoWait, double Steal)
{
    /// <summary>All but idle and waiting for I/O.</summary>
    public double Busy => User + System + Steal;

    /// <summary>Use between two readings; null when no tick passed or the counters began anew.</summary>
    public static ProcessorUse? Between(in ProcessorTimes earlier, in ProcessorTimes later)
    {
        var isRestart = later.User < earlier.User || later.Nice < earlier.Nice || later.System < earlier.System
            || later.HardInterrupts < earlier.HardInterrupts || later.SoftInterrupts < earlier.SoftInterrupts || later.Steal < earlier.Steal;
        if (isRestart) return null;
        double user = later.User - earlier.User + (later.Nice - earlier.Nice);
        double system = later.System - earlier.System + (later.HardInterrupts - earlier.HardInterrupts) + (later.SoftInterrupts - earlier.SoftInterrupts);
        double steal = later.Steal - earlier.Steal;
        // Idle and I/O wait may run backwards by a tick or so on a healthy kernel (proc_stat(5)).
        var idle = Rise(earlier.Idle, later.Idle);
        var wait = Rise(earlier.IoWait, later.IoWait);
        var total = user + system + idle + wait + steal;
        if (total <= 0) return null;
        return new ProcessorUse(100 * user / total, 100 * system / total, 100 * idle / total, 100 * wait / total, 100 * steal / total);
    }

    private static double Rise(ulong earlier, ulong later) => later > earlier ? later - earlier : 0;
}
