using Weir.Engine.Time;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Time;

public class EventTimeTests
{
    private const long Second = UnixTime.NanosecondsPerSecond;

    [Theory]
    [InlineData("Nov 21 11:59:30", -30)]
    [InlineData("Nov  1 12:00:00", -20 * 86_400)]
    [InlineData("Nov 22 11:00:00", 82_800)]
    [InlineData("Dec 31 23:59:59", -325 * 86_400 - 43_201 + 0)]
    [InlineData("11:59:59", -1)]
    [InlineData("11:59:59.5", -0.5)]
    [InlineData("12:30:00", 1800)]
    [InlineData("23:00:00", -46_800)]
    [InlineData("11:00:00 AM", -3600)]
    [InlineData("11:00:00 PM", -46_800)]
    [InlineData("7:05 AM", -17_700)]
    [InlineData("09:15", -9900)]
    public void A_time_without_its_year_or_day_is_the_latest_that_does_not_lie_ahead(string text, double secondsFromNoon)
    {
        Assert.True(EventTime.TryParseRecent(text, ManualClock.Noon, TimeZoneInfo.Utc, out var time));
        Assert.Equal(secondsFromNoon, (time - ManualClock.Noon) / (double)Second);
    }

    [Fact]
    public void February_29_is_of_the_last_leap_year()
    {
        var now = UnixTime.FromDateTime(new DateTimeOffset(2027, 6, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.True(EventTime.TryParseRecent("Feb 29 10:00:00", now, TimeZoneInfo.Utc, out var time));
        Assert.Equal(new DateTimeOffset(2024, 2, 29, 10, 0, 0, TimeSpan.Zero), UnixTime.ToDateTime(time));
    }

    [Theory]
    [InlineData("Feb 30 10:00:00")]
    [InlineData("25:00:00")]
    [InlineData("12:61:00")]
    [InlineData("13:00:00 PM")]
    [InlineData("half past nine: now")]
    [InlineData("12")]
    [InlineData("a:b:c")]
    [InlineData("")]
    public void Other_texts_are_no_such_time(string text) => Assert.False(EventTime.TryParseRecent(text, ManualClock.Noon, TimeZoneInfo.Utc, out _));

    [Fact]
    public void Any_year_is_read_or_refused_and_never_thrown() => Property.Holds(500, random =>
    {
        var year = random.Next(1, 10_000);
        var text = $"{year:D4}-{random.Next(1, 13):D2}-{random.Next(1, 29):D2}T{random.Next(24):D2}:00:00{(random.Next(2) == 0 ? "+14:00" : "-14:00")}";
        Assert.Equal(year is >= 1678 and <= 2261, EventTime.TryParseDate(text, TimeZoneInfo.Utc, out _));
    });
}
