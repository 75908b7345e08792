using System.Globalization;
using System.Text;

namespace Weir.Engine.Queries.Patterns;

/// <summary>
/// A regular expression translated from RE2's syntax, which PromQL is written in, to that of .NET with the same meaning; or refused. It matches code points,
/// not UTF-16 units, and a dot is any of them.
/// </summary>
internal sealed class RegexTranslation
{
    /// <summary>Characters of a translation: a class of Unicode letters has thousands.</summary>
    public const int LengthMax = 512 << 10;

    /// <summary>How often one part may be repeated, as in RE2.</summary>
    public const int RepeatMax = 1000;

    /// <summary>How deep groups may lie in one another.</summary>
    public const int DepthMax = 100;

    private readonly string _pattern;
    private readonly StringBuilder _to = new();
    private readonly List<int> _breaks = [];
    private readonly Dictionary<string, int> _names = [];
    private int _at;
    private int _depth;
    private int _groups;
    private bool _isInFirst;
    private (int Begin, int End)? _outer;

    private RegexTranslation(string pattern) => _pattern = pattern;

    private bool IsAtEnd => _at >= _pattern.Length;

    /// <summary>All of it, for .NET.</summary>
    public string Whole { get; private set; } = "";

    /// <summary>The alternatives that it is made of, those of a group around everything included.</summary>
    public IReadOnlyList<string> Alternatives { get; private set; } = [];

    /// <summary>Number of the group with a name; null when there is none.</summary>
    public int? GroupOf(string name) => _names.TryGetValue(name, out var number) ? number : null;

    /// <exception cref="ArgumentException">Not RE2's syntax, or what is not supported of it; the message says where.</exception>
    public static RegexTranslation Of(string pattern)
    {
        var translation = new RegexTranslation(pattern);
        translation.ReadAlternatives(new Flags(IsDotAll: true, IsMultiline: false, IgnoresCase: false));
        if (!translation.IsAtEnd) throw Error(translation._at, "this ) closes nothing");
        translation.Whole = translation._to.ToString();
        translation.Alternatives = translation.Split();
        return translation;
    }

    private List<string> Split()
    {
        var (begin, end) = (0, Whole.Length);
        var breaks = _breaks.Where(place => place >= 0).ToArray();
        if (breaks.Length == 0 && _outer is var (inner, after) && after == Whole.Length && Whole.Length > 0)
        {
            (begin, end) = (inner, after - 1);
            breaks = [.. _breaks.Select(place => ~place)];
        }
        var alternatives = new List<string>();
        foreach (var place in breaks)
        {
            alternatives.Add(Whole[begin..place]);
            begin = place + 1;
        }
        alternatives.Add(Whole[begin..end]);
        return alternatives;
    }

    private void ReadAlternatives(Flags flags)
    {
        if (++_depth > DepthMax) throw Error(_at, $"groups lie more than {DepthMax} deep");
        var isRepeatable = false;
        while (!IsAtEnd && _pattern[_at] != ')')
        {
            if (_to.Length > LengthMax) throw Error(_at, $"the expression grows past {LengthMax} characters when its classes are written out; shorten it");
            var begin = _at;
            switch (_pattern[_at++])
            {
                case '|':
                    if (_depth == 1) _breaks.Add(_to.Length);
                    // Within the first group, which may turn out to be the only one: told apart by its sign.
                    else if (_depth == 2 && _isInFirst) _breaks.Add(~_to.Length);
                    _to.Append('|');
                    isRepeatable = false;
                    continue;
                case '(':
                    isRepeatable = ReadGroup(ref flags, begin);
                    continue;
                case '[':
                    _to.Append(ReadClass(begin, flags).Pattern());
                    break;
                case '.':
                    _to.Append((flags.IsDotAll ? CodePoints.All : CodePoints.Of(('\n', '\n')).Negated()).Pattern());
                    break;
                case '^':
                    _to.Append(flags.IsMultiline ? "(?m:^)" : @"\A");
                    break;
                case '$':
                    _to.Append(flags.IsMultiline ? "(?m:$)" : @"\z");
                    break;
                case '\\':
                    isRepeatable = ReadEscape(begin, flags) || isRepeatable;
                    continue;
                case '*' or '+' or '?':
                    _at = begin;
                    ReadRepeat(isRepeatable);
                    isRepeatable = false;
                    continue;
                case '{' when IsCounted(begin, out _, out _, out _):
                    _at = begin;
                    ReadRepeat(isRepeatable);
                    isRepeatable = false;
                    continue;
                default:
                    _at = begin;
                    AppendLiteral(ReadCodePoint(), flags);
                    break;
            }
            isRepeatable = true;
        }
        _depth--;
    }

    /// <summary>Reads what begins with a bracket; returns whether it can be repeated, which flags alone cannot.</summary>
    private bool ReadGroup(ref Flags flags, int begin)
    {
        var inner = flags;
        if (!Take("?"))
        {
            _groups++;
            _to.Append('(');
        }
        else if (Take("P<") || Take("<"))
        {
            var end = _pattern.IndexOf('>', _at);
            var name = end < 0 ? "" : _pattern[_at..end];
            if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')) throw Error(begin, "the name of a group is of letters, digits and _, such as (?P<name>…)");
            if (!_names.TryAdd(name, ++_groups)) throw Error(begin, $"two groups are called {name}");
            _at = end + 1;
            // By number alone: .NET counts groups with a name after the others.
            _to.Append('(');
        }
        else
        {
            inner = ReadFlags(flags, begin);
            if (Take(")"))
            {
                flags = inner;
                return false;
            }
            if (!Take(":")) throw Error(begin, "after (? stand P<name>, flags of i, m and s, or a colon");
            _to.Append("(?:");
        }
        var (isFirst, content) = (begin == 0, _to.Length);
        _isInFirst = _depth == 1 ? isFirst : _isInFirst;
        ReadAlternatives(inner);
        if (!Take(")")) throw Error(begin, "this ( is never closed");
        _to.Append(')');
        if (isFirst) _outer = (content, _to.Length);
        return true;
    }

    private Flags ReadFlags(Flags flags, int begin)
    {
        for (var isOn = true; !IsAtEnd && _pattern[_at] is not (':' or ')'); _at++)
        {
            switch (_pattern[_at])
            {
                case 'i':
                    flags = flags with { IgnoresCase = isOn };
                    break;
                case 's':
                    flags = flags with { IsDotAll = isOn };
                    break;
                case 'm':
                    flags = flags with { IsMultiline = isOn };
                    break;
                case '-' when isOn:
                    isOn = false;
                    break;
                default:
                    throw Error(begin, "of groups with (? there are (?:…), (?P<name>…) and the flags i, m and s");
            }
        }
        return flags;
    }

    private void ReadRepeat(bool isRepeatable)
    {
        var begin = _at;
        if (!isRepeatable) throw Error(begin, $"'{_pattern[begin]}' repeats nothing");
        if (_pattern[_at] == '{')
        {
            IsCounted(begin, out var low, out var high, out _at);
            if (low > RepeatMax || high > RepeatMax || (high >= 0 && high < low)) throw Error(begin, $"a part is repeated at most {RepeatMax} times, and the larger number stands last");
        }
        else
        {
            _at++;
        }
        if (!IsAtEnd && _pattern[_at] == '?') _at++;
        _to.Append(_pattern, begin, _at - begin);
    }

    /// <summary>Whether {2}, {2,} or {2,5} stands here; else the brace is itself.</summary>
    private bool IsCounted(int begin, out int low, out int high, out int end)
    {
        (low, high) = (-1, -1);
        end = _pattern.IndexOf('}', begin) + 1;
        if (end == 0) return false;
        var text = _pattern[(begin + 1)..(end - 1)];
        var comma = text.IndexOf(',', StringComparison.Ordinal);
        if (!Count(comma < 0 ? text : text[..comma], out low)) return false;
        if (comma < 0) high = low;
        return comma < 0 || comma == text.Length - 1 || Count(text[(comma + 1)..], out high);

        static bool Count(string digits, out int count)
        {
            count = 0;
            if (digits.Length == 0 || !digits.All(char.IsAsciiDigit)) return false;
            count = digits.Length > 6 ? int.MaxValue : int.Parse(digits, CultureInfo.InvariantCulture);
            return true;
        }
    }

    /// <summary>Reads what begins with a backslash; returns whether anything stood there: a quote may be empty.</summary>
    private bool ReadEscape(int begin, Flags flags)
    {
        if (IsAtEnd) throw Error(begin, @"a backslash stands before nothing; itself it is \\");
        switch (_pattern[_at])
        {
            case 'A' or 'z':
                _to.Append('\\').Append(_pattern[_at++]);
                return true;
            case 'Q':
                var end = _pattern.IndexOf(@"\E", ++_at, StringComparison.Ordinal);
                var (from, stop) = (_at, end < 0 ? _pattern.Length : end);
                while (_at < stop) AppendLiteral(ReadCodePoint(), flags);
                _at = end < 0 ? stop : stop + 2;
                return stop > from;
        }
        if (TryReadSet(begin, flags) is { } set) _to.Append(set.Pattern());
        else AppendLiteral(ReadEscaped(begin), flags);
        return true;
    }

    /// <summary>\d, \s, \w, \pL, \p{Lu} and their negations, the backslash being read; else null.</summary>
    private CodePoints? TryReadSet(int begin, Flags flags)
    {
        var letter = _pattern[_at];
        var named = CharacterClasses.OfLetter(letter);
        if (named is null && letter is not ('p' or 'P')) return null;
        _at++;
        if (named is not null) return Signed(named, char.IsUpper(letter), flags);
        var name = "";
        if (Take("{"))
        {
            var end = _pattern.IndexOf('}', _at);
            if (end < 0) throw Error(begin, @"\p{ has no }");
            (name, _at) = (_pattern[_at..end], end + 1);
        }
        else if (!IsAtEnd)
        {
            name = _pattern[_at++].ToString();
        }
        var isNegated = letter == 'P';
        if (name.StartsWith('^')) (name, isNegated) = (name[1..], !isNegated);
        if (CharacterClasses.OfCategory(name) is not { } set) throw Error(begin, $@"'{name}' is no general category of Unicode such as L, Lu or Nd; scripts are not supported");
        return Signed(set, isNegated, flags);
    }

    /// <summary>Letters get their other cases before the set is turned round, as in RE2.</summary>
    private static CodePoints Signed(CodePoints set, bool isNegated, Flags flags)
    {
        var folded = flags.IgnoresCase ? set.Folded() : set;
        return isNegated ? folded.Negated() : folded;
    }

    /// <summary>The code point of an escape, the backslash being read.</summary>
    private int ReadEscaped(int begin)
    {
        const string letters = "afnrtv", meanings = "\a\f\n\r\t\v";
        var c = _pattern[_at];
        if (letters.IndexOf(c) is var place and >= 0)
        {
            _at++;
            return meanings[place];
        }
        if (c == 'x')
        {
            _at++;
            var end = Take("{") ? _pattern.IndexOf('}', _at) : Math.Min(_at + 2, _pattern.Length);
            var isBraced = _pattern[_at - 1] == '{';
            var digits = end < 0 ? "" : _pattern[_at..end];
            if ((!isBraced && digits.Length != 2) || digits.Length > 6 || !int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) || code > 0x10FFFF)
            {
                throw Error(begin, @"\x takes two hexadecimal digits, or up to 10FFFF in braces: \x41, \x{1F600}");
            }
            _at = isBraced ? end + 1 : end;
            return code;
        }
        var isOctal = c == '0' || (c is >= '1' and <= '7' && _at + 1 < _pattern.Length && _pattern[_at + 1] is >= '0' and <= '7');
        if (isOctal)
        {
            var code = 0;
            for (var n = 0; n < 3 && !IsAtEnd && _pattern[_at] is >= '0' and <= '7'; n++) code = code * 8 + _pattern[_at++] - '0';
            return code;
        }
        if (char.IsAsciiLetterOrDigit(c) || c > 0x7F) throw Error(begin, $@"'\{c}' is not supported{(c is 'b' or 'B' ? "; where words end is not told" : "")}");
        _at++;
        return c;
    }

    /// <summary>Reads a class, its bracket being read. A bracket within is itself, but for [:alpha:] and the like.</summary>
    private CodePoints ReadClass(int begin, Flags flags)
    {
        var isNegated = Take("^");
        var ranges = new List<(int, int)>();
        for (var isFirst = true; isFirst || IsAtEnd || _pattern[_at] != ']'; isFirst = false)
        {
            if (IsAtEnd) throw Error(begin, "this [ is never closed");
            if (_pattern.AsSpan(_at).StartsWith("[:") && _pattern.IndexOf(":]", _at + 2, StringComparison.Ordinal) is var end and >= 0)
            {
                var name = _pattern[(_at + 2)..end];
                if (!CharacterClasses.Posix.TryGetValue((name.StartsWith('^') ? name[1..] : name), out var posix)) throw Error(_at, $"'[:{name}:]' is no class; there are {string.Join(", ", CharacterClasses.Posix.Keys)}");
                ranges.AddRange(Signed(posix, name.StartsWith('^'), flags).Ranges);
                _at = end + 2;
                continue;
            }
            var at = _at;
            if (_pattern[_at] == '\\' && _at + 1 < _pattern.Length)
            {
                _at++;
                if (TryReadSet(at, flags) is { } set)
                {
                    ranges.AddRange(set.Ranges);
                    continue;
                }
                _at = at;
            }
            var low = ReadClassCharacter();
            var high = low;
            if (_at + 1 < _pattern.Length && _pattern[_at] == '-' && _pattern[_at + 1] != ']')
            {
                _at++;
                high = ReadClassCharacter();
                if (high < low) throw Error(at, "this range ends before it begins");
            }
            ranges.Add((low, high));
        }
        _at++;
        return Signed(CodePoints.Of(ranges), isNegated, flags);
    }

    private int ReadClassCharacter()
    {
        var begin = _at;
        if (_pattern[_at] != '\\') return ReadCodePoint();
        _at++;
        return IsAtEnd ? throw Error(begin, @"a backslash stands before nothing") : ReadEscaped(begin);
    }

    private int ReadCodePoint()
    {
        var isPair = char.IsHighSurrogate(_pattern[_at]) && _at + 1 < _pattern.Length && char.IsLowSurrogate(_pattern[_at + 1]);
        var code = isPair ? char.ConvertToUtf32(_pattern[_at], _pattern[_at + 1]) : _pattern[_at];
        _at += isPair ? 2 : 1;
        return code;
    }

    private void AppendLiteral(int code, Flags flags)
    {
        var one = CodePoints.Of((code, code));
        _to.Append((flags.IgnoresCase ? one.Folded() : one).Pattern());
    }

    private bool Take(string text)
    {
        if (!_pattern.AsSpan(_at).StartsWith(text)) return false;
        _at += text.Length;
        return true;
    }

    private static ArgumentException Error(int at, string message) => new($"at character {at + 1}, {message}");

    private readonly record struct Flags(bool IsDotAll, bool IsMultiline, bool IgnoresCase);
}
