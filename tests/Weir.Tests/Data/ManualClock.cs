using Weir.Engine.Time;

namespace Weir.Tests.Data;

/// <summary>A clock that stands still until a test moves it, or moves a little whenever it is asked.</summary>
internal sealed class ManualClock(long nanoseconds = ManualClock.Noon) : TimeProvider
{
    /// <summary>2024-11-21 12:00:00 UTC.</summary>
    public const long Noon = 1_732_190_400_000_000_000;

    private long _now = nanoseconds;
    private long _timestamp;

    public long Now
    {
        get => Interlocked.Read(ref _now);
        set => Interlocked.Exchange(ref _now, value);
    }

    /// <summary>By how much a question for the timestamp moves it, in nanoseconds.</summary>
    public long TimestampStep { get; init; }

    public override long TimestampFrequency => UnixTime.NanosecondsPerSecond;

    public override DateTimeOffset GetUtcNow() => UnixTime.ToDateTime(Now);

    public override long GetTimestamp() => Interlocked.Add(ref _timestamp, TimestampStep);
}
