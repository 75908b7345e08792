using System.Globalization;

namespace Weir.Connectors.Text;

/// <summary>
/// Tells of lines such as <c>21,5</c>, two whole numbers around a comma each, whether they are decimal numbers or rows of two columns. One line does
/// not tell; <see cref="LinesMax"/> do.
/// </summary>
internal sealed class CommaEvidence
{
    public const int LinesMax = 4;

    // A measured value moves little between lines; a column of its own does not follow that.
    private const int NearMax = 3;

    private readonly List<(int Whole, string Fraction)> _seen = [];

    public int Count => _seen.Count;

    /// <summary>Takes a line of that look; false when it has another.</summary>
    public bool TryAdd(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        var comma = line.IndexOf(',');
        if (comma < 1 || line.Length - comma is < 2 or > 4) return false;
        if (!int.TryParse(line[..comma], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)) return false;
        var fraction = line[(comma + 1)..];
        if (fraction.IndexOfAnyExceptInRange('0', '9') >= 0) return false;
        _seen.Add((whole, fraction.ToString()));
        return true;
    }

    /// <summary>Whether the commas are decimal ones.</summary>
    public bool IsDecimal()
    {
        if (_seen.Count < 3) return false;
        // "5,05": a column of whole numbers has no zero in front.
        if (_seen.Exists(one => one.Fraction.Length > 1 && one.Fraction[0] == '0')) return true;
        var isCounting = true;
        for (var i = 1; i < _seen.Count; i++) isCounting &= _seen[i].Whole == _seen[i - 1].Whole + 1;
        var span = _seen.Max(one => one.Whole) - _seen.Min(one => one.Whole);
        var near = Math.Max(NearMax, Math.Abs(_seen[0].Whole) / 5);
        return !isCounting && _seen.TrueForAll(one => one.Fraction.Length == _seen[0].Fraction.Length) && _seen[0].Fraction.Length <= 2 && span <= near;
    }
}
