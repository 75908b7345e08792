using Weir.Engine.Time;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Time;

public sealed class UnixTimeTests
{
    [Fact]
    public void DateTime_round_trips_to_the_tick() => Property.Holds(1, random =>
    {
        for (var i = 0; i < 10_000; i++)
        {
            var tick = random.NextInt64(long.MinValue / 100, long.MaxValue / 100) * 100;
            Assert.Equal(tick, UnixTime.FromDateTime(UnixTime.ToDateTime(tick)));
        }
    });

    [Theory]
    [InlineData(0, 0)]
    [InlineData(99, 0)]
    [InlineData(-1, -1)]
    [InlineData(-100, -1)]
    [InlineData(-101, -2)]
    public void ToDateTime_rounds_down_to_the_tick(long nanoseconds, long ticks) =>
        Assert.Equal(DateTimeOffset.UnixEpoch.AddTicks(ticks), UnixTime.ToDateTime(nanoseconds));

    [Fact]
    public void Milliseconds_round_trip_within_their_precision() => Property.Holds(1, random =>
    {
        for (var i = 0; i < 10_000; i++)
        {
            var time = random.NextInt64(-2 * ManualClock.Noon, 2 * ManualClock.Noon);
            var whole = time / UnixTime.NanosecondsPerMillisecond * UnixTime.NanosecondsPerMillisecond;
            Assert.Equal(whole, UnixTime.FromMilliseconds(UnixTime.ToMilliseconds(whole)));
            Assert.InRange(UnixTime.FromMilliseconds(UnixTime.ToMilliseconds(time)) - time, -500, 500);
        }
    });

    [Theory]
    [InlineData(1.5, 1_500_000)]
    [InlineData(-1.5, -1_500_000)]
    [InlineData(-0.25, -250_000)]
    [InlineData(1_732_190_400_000.25, ManualClock.Noon + 250_000)]
    public void FromMilliseconds_keeps_fractions(double milliseconds, long nanoseconds) => Assert.Equal(nanoseconds, UnixTime.FromMilliseconds(milliseconds));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(9.3e12)]
    [InlineData(-9.3e12)]
    public void FromMilliseconds_refuses_what_no_long_of_nanoseconds_holds(double milliseconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => UnixTime.FromMilliseconds(milliseconds));
}
