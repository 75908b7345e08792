namespace Weir.Engine.Time;

/// <summary>Unix nanoseconds: the one representation of time inside Weir (signed, 1677 to 2262).</summary>
public static class UnixTime
{
    public const long NanosecondsPerTick = 100;
    public const long NanosecondsPerMillisecond = 1_000_000;
    public const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>Now, in Unix nanoseconds, as the provider tells it (a tick is 100 ns).</summary>
    public static long Now(TimeProvider provider) => FromDateTime(provider.GetUtcNow());

    public static long FromDateTime(DateTimeOffset time) => (time.UtcTicks - DateTime.UnixEpoch.Ticks) * NanosecondsPerTick;

    /// <summary>The date and time, rounded down to a tick.</summary>
    public static DateTimeOffset ToDateTime(long nanoseconds)
    {
        var (ticks, rest) = Math.DivRem(nanoseconds, NanosecondsPerTick);
        return new(DateTime.UnixEpoch.Ticks + (rest < 0 ? ticks - 1 : ticks), TimeSpan.Zero);
    }

    /// <summary>Milliseconds as JSON carries them; exact to the microsecond for this century.</summary>
    public static double ToMilliseconds(long nanoseconds) =>
        nanoseconds / NanosecondsPerMillisecond + nanoseconds % NanosecondsPerMillisecond / 1e6;

    /// <summary>Seconds as a number; the nearest there is, some 0.2 µs in this century.</summary>
    public static double ToSeconds(long nanoseconds) => nanoseconds / NanosecondsPerSecond + nanoseconds % NanosecondsPerSecond / 1e9;

    /// <summary>Nanoseconds of a time in milliseconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite, or outside what a <c>long</c> of nanoseconds holds.</exception>
    public static long FromMilliseconds(double milliseconds)
    {
        if (!(Math.Abs(milliseconds) <= MillisecondsMax))
        {
            throw new ArgumentOutOfRangeException(
                nameof(milliseconds), milliseconds, "A time in Unix milliseconds lies between the years 1678 and 2261.");
        }
        var whole = Math.Floor(milliseconds);
        return (long)whole * NanosecondsPerMillisecond + (long)Math.Round((milliseconds - whole) * NanosecondsPerMillisecond);
    }

    public const double MillisecondsMax = 9.2e12;
}
