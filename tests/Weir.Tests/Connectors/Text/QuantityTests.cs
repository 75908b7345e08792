using Weir.Connectors.Text;
using Weir.Engine.Time;

namespace Weir.Tests.Connectors.Text;

public class QuantityTests
{
    [Theory]
    [InlineData("12", 12, null)]
    [InlineData(" -1.5e3 ", -1500, null)]
    [InlineData("+.5", 0.5, null)]
    [InlineData("12%", 12, "%")]
    [InlineData("2.5ms", 2.5, "ms")]
    [InlineData("7µs", 7, "us")]
    [InlineData("64KiB", 65536, "bytes")]
    [InlineData("3 MB/s", 3e6, "bytes/s")]
    [InlineData("10/s", 10, "/s")]
    [InlineData("1m30s", 90, "s")]
    [InlineData("1h2m3.5s", 3723.5, "s")]
    [InlineData("1e3s", 1000, "s")]
    [InlineData("3,47", 3.47, null)]
    [InlineData("12,345", 12345, null)]
    [InlineData("1.234.567,5", 1234567.5, null)]
    [InlineData("1,234,567.5", 1234567.5, null)]
    [InlineData("1'234'567", 1234567, null)]
    [InlineData("0x1A", 26, null)]
    [InlineData("-Infinity", double.NegativeInfinity, null)]
    [InlineData("2Gi", 2147483648, "bytes")]
    [InlineData("7 C", 7, "°C")]
    public void Numbers_with_units_are_read(string text, double value, string? unit)
    {
        Assert.True(Quantity.TryParse(text, out var quantity));
        Assert.Equal((value, unit), (quantity.Value, quantity.Unit));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("abc")]
    [InlineData("1.2.3")]
    [InlineData("12:34")]
    [InlineData("5m")]
    [InlineData("30s1m")]
    [InlineData("1e999")]
    public void Other_texts_are_not(string text) => Assert.False(Quantity.TryParse(text, out _));

    [Theory]
    [InlineData(1_732_190_400, 1_732_190_400_000_000_000)]
    [InlineData(1_732_190_400_123, 1_732_190_400_123_000_000)]
    [InlineData(1_732_190_400_123_456, 1_732_190_400_123_456_000)]
    [InlineData(1_732_190_400_000_000_000, 1_732_190_400_000_000_000)]
    [InlineData(1_732_190_400.5, 1_732_190_400_500_000_000)]
    public void The_size_of_a_unix_time_tells_its_unit(double value, long nanoseconds)
    {
        Assert.True(EventTime.TryFromNumber(value, out var time));
        Assert.Equal(nanoseconds, time);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(42)]
    [InlineData(-42)]
    [InlineData(1e19)]
    [InlineData(double.NaN)]
    public void Other_numbers_are_no_times(double value) => Assert.False(EventTime.TryFromNumber(value, out _));

    [Theory]
    [InlineData("2024-11-21T12:00:00Z", 1_732_190_400_000_000_000)]
    [InlineData("2024-11-21 12:00:00", 1_732_190_400_000_000_000)]
    [InlineData("2024-11-21", 1_732_147_200_000_000_000)]
    [InlineData("21.11.2024 12:00", 1_732_190_400_000_000_000)]
    [InlineData("2024/11/21 12:00:00.5", 1_732_190_400_500_000_000)]
    [InlineData("11/21/2024 12:00:00", 1_732_190_400_000_000_000)]
    [InlineData("21/Nov/2024:13:00:00 +0100", 1_732_190_400_000_000_000)]
    [InlineData("Thu, 21 Nov 2024 12:00:00 GMT", 1_732_190_400_000_000_000)]
    [InlineData("2024-11-21T13:00:00.123456789+01:00", 1_732_190_400_123_456_789)]
    public void Iso_times_are_read(string text, long nanoseconds)
    {
        Assert.True(EventTime.TryParse(text, TimeZoneInfo.Utc, out var time));
        Assert.Equal(nanoseconds, time);
    }
}
