namespace Weir.Engine.Windows;

/// <summary>Stretches side by side on the Unix epoch: a time <c>t</c> belongs to the one that starts at <c>floor(t / length) · length</c>.</summary>
public static class Tumbling
{
    public static long StartOf(long time, long length)
    {
        var remainder = time % length;
        return time - (remainder < 0 ? remainder + length : remainder);
    }
}
