using Microsoft.Extensions.Time.Testing;
using Weir.Engine.Time;

namespace Weir.Tests.Data;

/// <summary>
/// A fake clock set in Unix nanoseconds, backwards as well; setting it fires no timers. Timestamps stand still, or move a little whenever one is asked for.
/// Tests that need timers advance a plain <see cref="FakeTimeProvider"/>.
/// </summary>
internal sealed class ManualClock(long nanoseconds = ManualClock.Noon) : FakeTimeProvider(UnixTime.ToDateTime(nanoseconds))
{
    /// <summary>2024-11-21 12:00:00 UTC.</summary>
    public const long Noon = 1_732_190_400_000_000_000;

    private long _timestamp;

    /// <summary>Unix nanoseconds, in steps of 100.</summary>
    public long Now
    {
        get => UnixTime.FromDateTime(GetUtcNow());
        set => AdjustTime(UnixTime.ToDateTime(value));
    }

    /// <summary>By how much a question for the timestamp moves it, in ticks of 100 ns.</summary>
    public long TimestampStep { get; init; }

    /// <summary>A fake clock with timers at <see cref="Noon"/>.</summary>
    public static FakeTimeProvider AtNoon() => new(UnixTime.ToDateTime(Noon));

    public override long GetTimestamp() => Interlocked.Add(ref _timestamp, TimestampStep);
}
