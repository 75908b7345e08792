using System.Globalization;
using System.Numerics;
using Weir.Engine.Tables;

namespace Weir.Tables;

/// <summary>Turns what was sent into what a column holds: a double, a string or null.</summary>
internal static class Cell
{
    /// <summary>Up to here a double holds every whole number.</summary>
    private const long WholeMax = 1L << 53;

    private static readonly HashSet<Type> Numbers =
    [
        typeof(double), typeof(float), typeof(Half), typeof(decimal), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort),
        typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(nint), typeof(nuint), typeof(Int128), typeof(UInt128), typeof(BigInteger),
    ];

    public static bool IsNumber(Type type) => Numbers.Contains(type);

    /// <exception cref="ArgumentException">The value does not fit the column.</exception>
    public static object? Of(object? value, TableColumn column, string table) => (column.Type, value) switch
    {
        (_, null) => null,
        (ColumnType.Number or ColumnType.Bar, TimeSpan span) => span.TotalSeconds,
        (ColumnType.Number, _) when ExactText(value) is { } exact => exact,
        (ColumnType.Number or ColumnType.Bar, _) => ToNumber(value) ?? throw DoesNotFit(value, "a number", column, table),
        // No instants: they are shown as they are, in no one's zone.
        (ColumnType.DateTime, DateOnly or DateTime { Kind: DateTimeKind.Unspecified }) => ToText(value),
        (ColumnType.DateTime, _) => ToMilliseconds(value) ?? throw DoesNotFit(value, "a DateTimeOffset, DateTime, DateOnly or Unix milliseconds", column, table),
        (ColumnType.Date, _) => ToMidnight(value) ?? throw DoesNotFit(value, "a DateOnly, a date as text such as 2025-02-03, or Unix milliseconds", column, table),
        _ => ToText(value),
    };

    /// <summary>The digits of a number that no double holds exactly, so that two keys do not become one; null where a double does.</summary>
    private static string? ExactText(object value)
    {
        var isExact = value switch
        {
            long number => Math.Abs((decimal)number) <= WholeMax,
            ulong number => number <= WholeMax,
            nint number => Math.Abs((decimal)number) <= WholeMax,
            nuint number => number <= WholeMax,
            Int128 number => number <= WholeMax && number >= -WholeMax,
            UInt128 number => number <= (UInt128)WholeMax,
            BigInteger number => BigInteger.Abs(number) <= WholeMax,
            // A double has 15 digits for certain; with so many or fewer the decimal comes back as it was.
            decimal number => Math.Abs(number) <= WholeMax && (decimal)(double)number == number,
            _ => true,
        };
        return isExact ? null : ToText(value);
    }

    private static double? ToNumber(object value) => value switch
    {
        double number => number,
        int number => number,
        long number => number,
        Half number => (double)number,
        nint number => number,
        nuint number => number,
        Int128 number => (double)number,
        UInt128 number => (double)number,
        BigInteger number => (double)number,
        _ when IsNumber(value.GetType()) => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static double? ToMilliseconds(object value) => value switch
    {
        // Not by way of nanoseconds: a row may hold any date.
        DateTimeOffset time => (time.UtcTicks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerMillisecond,
        DateTime time => ToMilliseconds(new DateTimeOffset(time)),
        _ => ToNumber(value),
    };

    /// <summary>The day that a value names where it was written, whatever the zone of who reads it.</summary>
    private static double? ToMidnight(object value) => value switch
    {
        DateOnly date => ToMilliseconds(date.ToDateTime(default, DateTimeKind.Utc)),
        DateTime time => ToMidnight(DateOnly.FromDateTime(time)),
        DateTimeOffset time => ToMidnight(DateOnly.FromDateTime(time.DateTime)),
        string text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? ToMidnight(date) : null,
        _ => ToNumber(value),
    };

    private static string ToText(object value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static ArgumentException DoesNotFit(object value, string expected, TableColumn column, string table) => new(
        $"Column '{column.Name}' of table '{table}' holds {column.Type.ToString().ToLowerInvariant()} cells and takes {expected}; given was the {value.GetType().Name} '{ToText(value)}'.", nameof(value));
}
