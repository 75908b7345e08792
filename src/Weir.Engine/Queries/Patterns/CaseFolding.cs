using System.Text;

namespace Weir.Engine.Queries.Patterns;

/// <summary>Which code points are the same letter in another case, by Unicode's simple folding: k, K and the Kelvin sign.</summary>
internal static class CaseFolding
{
    /// <summary>Letters with cases end here.</summary>
    private const int Last = 0x1FFFF;

    /// <summary>Code points that have another case, rising, each with all of its cases.</summary>
    private static readonly Lazy<(int[] Codes, int[][] Cases)> Cased = new(Find);

    public static IEnumerable<(int First, int Last)> Of(IReadOnlyList<(int First, int Last)> ranges)
    {
        var (codes, cases) = Cased.Value;
        foreach (var (first, last) in ranges)
        {
            var at = Array.BinarySearch(codes, first);
            for (at = at < 0 ? ~at : at; at < codes.Length && codes[at] <= last; at++)
            {
                foreach (var code in cases[at]) yield return (code, code);
            }
        }
    }

    private static (int[] Codes, int[][] Cases) Find()
    {
        var letters = Enumerable.Range(0, Last + 1).Where(Rune.IsValid).GroupBy(Fold).Select(group => group.ToArray()).Where(group => group.Length > 1);
        var pairs = letters.SelectMany(group => group.Select(code => (Code: code, Cases: group))).OrderBy(pair => pair.Code).ToArray();
        return (Array.ConvertAll(pairs, pair => pair.Code), Array.ConvertAll(pairs, pair => pair.Cases));
    }

    // .NET leaves the long s alone; to Unicode it is an s.
    private static int Fold(int code) => code == 'ſ' ? 's' : Rune.ToLowerInvariant(Rune.ToUpperInvariant(new Rune(code))).Value;
}
