namespace Weir.Engine.Windows;

/// <summary>Windows and panes lie on the Unix epoch: a time <c>t</c> belongs to the stretch that starts at <c>floor(t / length) · length</c>.</summary>
internal static class Grid
{
    public static long StartOf(long time, long length)
    {
        var remainder = time % length;
        return time - (remainder < 0 ? remainder + length : remainder);
    }
}
