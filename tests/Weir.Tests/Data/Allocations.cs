namespace Weir.Tests.Data;

/// <summary>What code allocates on the thread that runs it.</summary>
internal static class Allocations
{
    /// <summary>
    /// Bytes of the leanest of several runs. What the code itself allocates it allocates in every run; the runtime now and then allocates on the
    /// running thread for its own purposes (a method replaced while it runs, a static of a class first touched), at a time that depends on the load.
    /// </summary>
    public static long OfLeanest(Action run)
    {
        var least = long.MaxValue;
        for (var i = 0; i < 8 && least > 0; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            run();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        return least;
    }
}
