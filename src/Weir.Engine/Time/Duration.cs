using System.Globalization;

namespace Weir.Engine.Time;

/// <summary>
/// A positive stretch of time as users write it: <c>"250ms"</c>, <c>"10s"</c>, <c>"1m"</c>, <c>"1h"</c>, <c>"7d"</c>, or a
/// <see cref="TimeSpan"/>. Kept in nanoseconds.
/// </summary>
public readonly record struct Duration : IComparable<Duration>
{
    private static readonly (string Suffix, long Nanoseconds)[] Units =
    [
        // The micro sign and the Greek letter look alike; the last spelling of a unit is the one written.
        ("ns", 1), ("\u00b5s", 1_000), ("\u03bcs", 1_000), ("us", 1_000), ("ms", 1_000_000),
        ("s", 1_000_000_000), ("m", 60_000_000_000), ("h", 3_600_000_000_000), ("d", 86_400_000_000_000),
    ];

    private const string Allowed = "a positive number with a unit: \"250ms\", \"10s\", \"1m\", \"1h\" or \"7d\" (ns, us, ms, s, m, h, d)";

    public long Nanoseconds { get; }

    private Duration(long nanoseconds) => Nanoseconds = nanoseconds;

    public double Seconds => Nanoseconds / 1e9;

    /// <exception cref="ArgumentOutOfRangeException">Zero or negative.</exception>
    public static Duration FromNanoseconds(long nanoseconds) => nanoseconds > 0
        ? new(nanoseconds)
        : throw new ArgumentOutOfRangeException(nameof(nanoseconds), nanoseconds, "A duration is positive.");

    /// <exception cref="ArgumentOutOfRangeException">Zero, negative, or over 292 years.</exception>
    public static Duration FromTimeSpan(TimeSpan span) => span > TimeSpan.Zero && span.Ticks <= long.MaxValue / UnixTime.NanosecondsPerTick
        ? new(span.Ticks * UnixTime.NanosecondsPerTick)
        : throw new ArgumentOutOfRangeException(nameof(span), span, $"A duration is {Allowed}.");

    /// <exception cref="ArgumentException">The text is no duration; the message says what one looks like.</exception>
    public static Duration Parse(string text) => TryParse(text, out var duration)
        ? duration
        : throw new ArgumentException($"'{text}' is not a duration. Write {Allowed}.", nameof(text));

    public static bool TryParse(string? text, out Duration duration)
    {
        duration = default;
        var trimmed = text.AsSpan().Trim();
        var digits = 0;
        while (digits < trimmed.Length && (char.IsAsciiDigit(trimmed[digits]) || trimmed[digits] == '.')) digits++;
        if (!double.TryParse(trimmed[..digits], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return false;
        var suffix = trimmed[digits..].Trim();
        foreach (var unit in Units)
        {
            if (!suffix.SequenceEqual(unit.Suffix)) continue;
            var nanoseconds = Math.Round(number * unit.Nanoseconds);
            if (!(nanoseconds >= 1 && nanoseconds < long.MaxValue)) return false;
            duration = new((long)nanoseconds);
            return true;
        }
        return false;
    }

    public TimeSpan ToTimeSpan() => TimeSpan.FromTicks(Nanoseconds / UnixTime.NanosecondsPerTick);

    public int CompareTo(Duration other) => Nanoseconds.CompareTo(other.Nanoseconds);

    public override string ToString()
    {
        for (var i = Units.Length - 1; i > 0; i--)
        {
            if (Nanoseconds % Units[i].Nanoseconds == 0) return Nanoseconds / Units[i].Nanoseconds + Units[i].Suffix;
        }
        return Nanoseconds + "ns";
    }

    public static implicit operator Duration(string text) => Parse(text);

    public static implicit operator Duration(TimeSpan span) => FromTimeSpan(span);

    public static bool operator <(Duration left, Duration right) => left.Nanoseconds < right.Nanoseconds;

    public static bool operator >(Duration left, Duration right) => left.Nanoseconds > right.Nanoseconds;

    public static bool operator <=(Duration left, Duration right) => left.Nanoseconds <= right.Nanoseconds;

    public static bool operator >=(Duration left, Duration right) => left.Nanoseconds >= right.Nanoseconds;
}
