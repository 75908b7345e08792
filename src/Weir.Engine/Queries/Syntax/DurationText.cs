using System.Globalization;

namespace Weir.Engine.Queries.Syntax;

/// <summary>Durations as queries write them: whole numbers, each with a unit, the longer unit first (<c>1h30m</c>).</summary>
internal static class DurationText
{
    private static readonly (string Unit, double Nanoseconds)[] Units =
        [("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9), ("d", 86_400e9), ("w", 7 * 86_400e9), ("y", 365 * 86_400e9)];

    public static bool TryRead(ReadOnlySpan<char> text, out double nanoseconds)
    {
        (nanoseconds, var smallest) = (0.0, double.PositiveInfinity);
        for (var rest = text; rest.Length > 0;)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits <= 0) return false;
            var letters = rest[digits..].IndexOfAnyInRange('0', '9') is var next && next < 0 ? rest.Length - digits : next;
            var written = rest.Slice(digits, letters).ToString();
            var unit = Array.FindIndex(Units, candidate => candidate.Unit == written);
            if (unit < 0 || Units[unit].Nanoseconds >= smallest) return false;
            smallest = Units[unit].Nanoseconds;
            nanoseconds += double.Parse(rest[..digits], CultureInfo.InvariantCulture) * smallest;
            rest = rest[(digits + letters)..];
        }
        return text.Length > 0;
    }
}
