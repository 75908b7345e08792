using System.Globalization;
using Weir.Engine.Tables;

namespace Weir.Tables;

/// <summary>Turns what was sent into what a column holds: a double, a string or null.</summary>
internal static class Cell
{
    private static readonly HashSet<Type> Numbers =
    [
        typeof(double), typeof(float), typeof(Half), typeof(decimal), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort),
        typeof(int), typeof(uint), typeof(long), typeof(ulong), typeof(nint), typeof(nuint), typeof(Int128), typeof(UInt128),
    ];

    public static bool IsNumber(Type type) => Numbers.Contains(type);

    /// <exception cref="ArgumentException">The value does not fit the column.</exception>
    public static object? Of(object? value, TableColumn column, string table) => (column.Type, value) switch
    {
        (_, null) => null,
        (ColumnType.Number or ColumnType.Bar, TimeSpan span) => span.TotalSeconds,
        (ColumnType.Number or ColumnType.Bar, _) => ToNumber(value) ?? throw DoesNotFit(value, "a number", column, table),
        (ColumnType.DateTime, _) => ToMilliseconds(value) ?? throw DoesNotFit(value, "a DateTimeOffset, DateTime, DateOnly or Unix milliseconds", column, table),
        _ => ToText(value),
    };

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
        _ when IsNumber(value.GetType()) => Convert.ToDouble(value, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static double? ToMilliseconds(object value) => value switch
    {
        // Not by way of nanoseconds: a row may hold any date.
        DateTimeOffset time => (time.UtcTicks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerMillisecond,
        // Without an offset it is a local time, as everywhere in .NET.
        DateTime time => ToMilliseconds(new DateTimeOffset(time)),
        DateOnly date => ToMilliseconds(new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)),
        _ => ToNumber(value),
    };

    private static string ToText(object value) => value switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static ArgumentException DoesNotFit(object value, string expected, TableColumn column, string table) => new(
        $"Column '{column.Name}' of table '{table}' holds {column.Type.ToString().ToLowerInvariant()} cells and takes {expected}; given was the {value.GetType().Name} '{ToText(value)}'.", nameof(value));
}
