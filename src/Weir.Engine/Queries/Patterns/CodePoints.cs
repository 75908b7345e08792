using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Weir.Engine.Queries.Patterns;

/// <summary>A set of Unicode code points, as classes of regular expressions are: sorted ranges that do not touch.</summary>
internal sealed class CodePoints
{
    private const int Last = 0x10FFFF;
    private static readonly ConcurrentDictionary<UnicodeCategory, CodePoints> Categories = [];
    private readonly List<(int First, int Last)> _ranges = [];

    private CodePoints(IEnumerable<(int First, int Last)> ranges)
    {
        foreach (var (first, last) in ranges.Order())
        {
            if (_ranges.Count > 0 && first <= _ranges[^1].Last + 1) _ranges[^1] = (_ranges[^1].First, Math.Max(_ranges[^1].Last, last));
            else _ranges.Add((first, last));
        }
    }

    public static CodePoints All { get; } = Of((0, Last));

    public IReadOnlyList<(int First, int Last)> Ranges => _ranges;

    public static CodePoints Of(params IEnumerable<(int First, int Last)> ranges) => new(ranges);

    /// <summary>All code points of a general category; those outside the basic plane included.</summary>
    public static CodePoints Of(UnicodeCategory category) => Categories.GetOrAdd(category, static wanted =>
    {
        var ranges = new List<(int, int)>();
        for (var code = 0; code <= Last; code++)
        {
            if (CharUnicodeInfo.GetUnicodeCategory(code) == wanted) ranges.Add((code, code));
        }
        return new CodePoints(ranges);
    });

    public CodePoints Negated()
    {
        var (ranges, next) = (new List<(int, int)>(), 0);
        foreach (var (first, last) in _ranges)
        {
            if (first > next) ranges.Add((next, first - 1));
            next = last + 1;
        }
        if (next <= Last) ranges.Add((next, Last));
        return new CodePoints(ranges);
    }

    /// <summary>With every letter in its other cases as well.</summary>
    public CodePoints Folded() => new([.. _ranges, .. CaseFolding.Of(_ranges)]);

    /// <summary>A .NET pattern for one of them, in UTF-16: a code point outside the basic plane is two units, and half a pair is none.</summary>
    public string Pattern()
    {
        if (_ranges is [var (only, same)] && only == same && only is <= 0xFFFF and not (>= 0xD800 and <= 0xDFFF)) return Unit(only);
        var (units, pairs) = (new StringBuilder(), new List<string>());
        foreach (var (first, last) in _ranges)
        {
            AddUnits(units, first, Math.Min(last, 0xD7FF));
            AddUnits(units, Math.Max(first, 0xE000), Math.Min(last, 0xFFFF));
            AddPairs(pairs, Math.Max(first, 0x10000) - 0x10000, last - 0x10000);
        }
        if (units.Length > 0) pairs.Insert(0, $"[{units}]");
        // Nothing at all matches an empty class.
        return pairs.Count switch { 0 => @"[^\u0000-\uFFFF]", 1 when units.Length > 0 => pairs[0], _ => $"(?:{string.Join('|', pairs)})" };
    }

    private static void AddUnits(StringBuilder units, int first, int last)
    {
        if (first <= last) units.Append(Range(first, last));
    }

    private static void AddPairs(List<string> pairs, int first, int last)
    {
        while (first <= last)
        {
            var high = first >> 10;
            // Whole blocks of a high unit go together.
            var whole = (first & 0x3FF) == 0 ? ((last + 1) >> 10) - high : 0;
            var end = whole > 0 ? ((high + whole) << 10) - 1 : Math.Min(last, first | 0x3FF);
            pairs.Add($"[{Range(0xD800 + high, 0xD800 + (end >> 10))}][{Range(0xDC00 + (first & 0x3FF), 0xDC00 + (end & 0x3FF))}]");
            first = end + 1;
        }
    }

    private static string Range(int first, int last) => first == last ? Unit(first) : $"{Unit(first)}-{Unit(last)}";

    private static string Unit(int unit) => unit < 0x80 && char.IsAsciiLetterOrDigit((char)unit) ? ((char)unit).ToString() : $@"\u{unit:X4}";
}
