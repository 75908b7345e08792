using System.Globalization;

namespace Weir.Engine.Queries.Evaluation;

/// <summary>Numbers as Prometheus writes them into labels: the fewest digits that tell them apart, without an exponent.</summary>
internal static class NumberText
{
    public static string Of(double value)
    {
        if (double.IsInfinity(value)) return value > 0 ? "+Inf" : "-Inf";
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        var mark = text.IndexOf('E');
        if (mark < 0) return text;
        var exponent = int.Parse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var sign = text[0] == '-' ? "-" : "";
        var digits = text[sign.Length..mark].Replace(".", "");
        // "R" writes one digit before the point, and exponents only from 15 up and below -5.
        return exponent < 0 ? $"{sign}0.{new string('0', -exponent - 1)}{digits}" : $"{sign}{digits.PadRight(exponent + 1, '0')}";
    }
}
