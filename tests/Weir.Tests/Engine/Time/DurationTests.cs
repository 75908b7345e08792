using System.Globalization;
using Weir.Engine.Time;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Time;

public sealed class DurationTests
{
    [Theory]
    [InlineData("1ns", 1, "1ns")]
    [InlineData("250ms", 250_000_000, "250ms")]
    [InlineData("10s", 10_000_000_000, "10s")]
    [InlineData("60s", 60_000_000_000, "1m")]
    [InlineData("1m", 60_000_000_000, "1m")]
    [InlineData("90m", 5_400_000_000_000, "90m")]
    [InlineData("24h", 86_400_000_000_000, "1d")]
    [InlineData("7d", 604_800_000_000_000, "7d")]
    [InlineData("1.5s", 1_500_000_000, "1500ms")]
    [InlineData(".5s", 500_000_000, "500ms")]
    [InlineData(" 10 s ", 10_000_000_000, "10s")]
    [InlineData("5us", 5_000, "5us")]
    [InlineData("5µs", 5_000, "5us")]
    [InlineData("5μs", 5_000, "5us")]
    [InlineData("1.001s", 1_001_000_000, "1001ms")]
    public void Parse_reads_what_users_write(string text, long nanoseconds, string normal)
    {
        var duration = Duration.Parse(text);
        Assert.Equal(nanoseconds, duration.Nanoseconds);
        Assert.Equal(normal, duration.ToString());
        Assert.Equal(duration, Duration.Parse(normal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("10")]
    [InlineData("s")]
    [InlineData("0s")]
    [InlineData("-1s")]
    [InlineData("0.4ns")]
    [InlineData("1e3s")]
    [InlineData("1 minute")]
    [InlineData("1S")]
    [InlineData("1.2.3s")]
    [InlineData("1,5s")]
    [InlineData("∞s")]
    [InlineData("NaNs")]
    [InlineData("106752d")]
    [InlineData("999999999999999999999999999999999999999999999999d")]
    public void Parse_refuses_everything_else_and_says_what_a_duration_looks_like(string text)
    {
        Assert.False(Duration.TryParse(text, out _));
        var error = Assert.Throws<ArgumentException>(() => Duration.Parse(text));
        Assert.StartsWith($"'{text}' is not a duration. Write a positive number with a unit: \"250ms\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_refuses_null() => Assert.False(Duration.TryParse(null, out _));

    [Fact]
    public void Decimal_fractions_are_exact() => Property.Holds(1, random =>
    {
        for (var i = 0; i < 20_000; i++)
        {
            var thousandths = random.NextInt64(1, 10_000_000);
            var text = (thousandths / 1000m).ToString(CultureInfo.InvariantCulture);
            Assert.Equal(thousandths, Duration.Parse(text + "us").Nanoseconds);
            Assert.Equal(thousandths * 1_000_000, Duration.Parse(text + "s").Nanoseconds);
        }
    });

    [Fact]
    public void Text_reads_back_as_the_same_duration() => Property.Holds(1, random =>
    {
        for (var i = 0; i < 5_000; i++)
        {
            var duration = Duration.FromNanoseconds(1 + random.NextInt64((long)Math.Pow(10, random.Next(1, 16))));
            Assert.Equal(duration, Duration.Parse(duration.ToString()));
        }
    });

    [Fact]
    public void Spans_of_time_convert_both_ways()
    {
        Duration duration = TimeSpan.FromSeconds(1.5);
        Assert.Equal((1_500_000_000, 1.5, TimeSpan.FromSeconds(1.5)), (duration.Nanoseconds, duration.Seconds, duration.ToTimeSpan()));
        Assert.Throws<ArgumentOutOfRangeException>(() => Duration.FromTimeSpan(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => Duration.FromTimeSpan(TimeSpan.FromSeconds(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Duration.FromTimeSpan(TimeSpan.MaxValue));
        Assert.Throws<ArgumentOutOfRangeException>(() => Duration.FromNanoseconds(0));
    }

    [Fact]
    public void Durations_compare()
    {
        Duration a = "1s", b = "1m";
        Assert.True(a < b && a <= b && b > a && b >= a && a.CompareTo(b) < 0);
    }
}
