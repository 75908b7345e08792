namespace Weir.Engine.Chunks.Codecs;

/// <summary>Regular times: <c>first + i·step</c>, for as many as the chunk has.</summary>
internal readonly record struct TimeLine(long First, long Step)
{
    public long At(int position) => First + position * Step;

    /// <summary>Position of the first of so many times that is not before <paramref name="time"/>; their number when all are.</summary>
    public int PositionOf(long time, int count)
    {
        if (time <= First) return 0;
        if (time > At(count - 1)) return count;
        // Later than the first and not later than the last, so there is a step; the distance may be as long as all of time.
        return (int)((ulong)(time - First - 1) / (ulong)Step) + 1;
    }
}
