namespace Weir.Engine;

/// <summary>What an engine has done and lost since it began. One writer, the loop; anyone may read.</summary>
public sealed class EngineCounters
{
    internal long AppendedCount;
    internal long ImportedCount;
    internal long LostCount;
    internal long RefusedLateCount;
    internal long RefusedAheadCount;
    internal long WaitingAheadCount;
    internal long EvictedCount;
    internal long RefusedIncrementsCount;
    internal long HandlerFailuresCount;
    internal long FailedRoundsCount;
    internal long RoundCount;
    internal long PointBytesCount;
    internal long RollupBytesCount;
    internal long WindowBytesCount;
    internal long MissedByWindowsCount;
    internal long RefusedWindowsCount;

    /// <summary>Points taken into a series, replaced duplicates included.</summary>
    public long Appended => Volatile.Read(ref AppendedCount);

    /// <summary>Of the points appended, those that were imported as history.</summary>
    public long Imported => Volatile.Read(ref ImportedCount);

    /// <summary>Points overwritten in a full lane before the engine came to them.</summary>
    public long Lost => Volatile.Read(ref LostCount);

    /// <summary>Points refused because they came later than the lateness allows.</summary>
    public long RefusedLate => Volatile.Read(ref RefusedLateCount);

    /// <summary>Points refused because their time lies too far ahead of the clock, or because too many of them wait already.</summary>
    public long RefusedAhead => Volatile.Read(ref RefusedAheadCount);

    /// <summary>Points that lie ahead of the clock and wait now until it reaches them.</summary>
    public long WaitingAhead => Volatile.Read(ref WaitingAheadCount);

    /// <summary>Points let go to stay within the byte budget or a series' own limit.</summary>
    public long Evicted => Volatile.Read(ref EvictedCount);

    /// <summary>Increments that a counter refused because they were negative, NaN or infinite, and values that a histogram refused because they were NaN or infinite.</summary>
    public long RefusedIncrements => Volatile.Read(ref RefusedIncrementsCount);

    /// <summary>Exceptions that handlers of <see cref="TimeSeriesEngine.Published"/> threw; the loop went on.</summary>
    public long HandlerFailures => Volatile.Read(ref HandlerFailuresCount);

    /// <summary>Rounds of the loop that an exception ended early; the loop went on.</summary>
    public long FailedRounds => Volatile.Read(ref FailedRoundsCount);

    public long Rounds => Volatile.Read(ref RoundCount);

    /// <summary>Late points that a window could not take, since the beginning of their pane was evicted; one for each such window.</summary>
    public long MissedByWindows => Volatile.Read(ref MissedByWindowsCount);

    /// <summary>Windows asked for over <see cref="EngineOptions.WindowsMax"/> or without a series left for their points.</summary>
    public long RefusedWindows => Volatile.Read(ref RefusedWindowsCount);

    /// <summary>Bytes that points, ladders, rollups and windows take now: what <see cref="EngineOptions.BytesMax"/> bounds.</summary>
    public long Bytes => PointBytes + Volatile.Read(ref RollupBytesCount) + WindowBytes;

    /// <summary>Bytes that points and ladders take now.</summary>
    public long PointBytes => Volatile.Read(ref PointBytesCount);

    /// <summary>Bytes that the panes of windows take now.</summary>
    public long WindowBytes => Volatile.Read(ref WindowBytesCount);
}
