using System.Globalization;
using System.Text;

namespace Weir.Engine.Queries.Syntax;

/// <summary>
/// Cuts a query into tokens. Names may hold dots, as OpenTelemetry writes them; a star right after a dot belongs to the name and makes it a glob
/// (<c>orders.*</c>), a star anywhere else multiplies.
/// </summary>
internal sealed class Lexer(string query)
{
    private static readonly string[] Signs = ["=~", "!~", "!=", "==", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "%", "^", "(", ")", "{", "}", "[", "]", ",", ":", "@"];

    private static readonly (string Unit, double Nanoseconds)[] Units =
        [("ms", 1e6), ("s", 1e9), ("m", 60e9), ("h", 3600e9), ("d", 86_400e9), ("w", 7 * 86_400e9), ("y", 365 * 86_400e9)];

    private int _at;

    public static List<Token> Read(string query)
    {
        var (lexer, tokens) = (new Lexer(query), new List<Token>());
        do tokens.Add(lexer.Next());
        while (tokens[^1].Kind != TokenKind.End);
        return tokens;
    }

    private Token Next()
    {
        SkipSpace();
        if (_at >= query.Length) return new(TokenKind.End, query.Length, "");
        var c = query[_at];
        if (char.IsAsciiLetter(c) || c is '_' or ':') return ReadName();
        if (char.IsAsciiDigit(c) || (c == '.' && _at + 1 < query.Length && char.IsAsciiDigit(query[_at + 1]))) return ReadNumber();
        if (c is '"' or '\'' or '`') return ReadText();
        foreach (var sign in Signs)
        {
            if (!query.AsSpan(_at).StartsWith(sign, StringComparison.Ordinal)) continue;
            _at += sign.Length;
            return new(TokenKind.Sign, _at - sign.Length, sign);
        }
        throw new QueryException(query, _at, $"'{c}' means nothing here; a name with such a character is written {{\"name\"}}.");
    }

    private void SkipSpace()
    {
        while (_at < query.Length && (char.IsWhiteSpace(query[_at]) || query[_at] == '#'))
        {
            if (query[_at] != '#') _at++;
            else while (_at < query.Length && query[_at] != '\n') _at++;
        }
    }

    private Token ReadName()
    {
        var begin = _at;
        while (_at < query.Length && (char.IsAsciiLetterOrDigit(query[_at]) || query[_at] is '_' or ':' or '.' || (query[_at] == '*' && query[_at - 1] == '.'))) _at++;
        return new(TokenKind.Name, begin, query[begin.._at]);
    }

    private Token ReadNumber()
    {
        var begin = _at;
        while (_at < query.Length && (char.IsAsciiDigit(query[_at]) || query[_at] == '.')) _at++;
        if (IsExponent())
        {
            _at += 2;
            while (_at < query.Length && char.IsAsciiDigit(query[_at])) _at++;
        }
        else if (_at < query.Length && char.IsAsciiLetter(query[_at]))
        {
            return ReadDuration(begin);
        }
        var text = query[begin.._at];
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return new(TokenKind.Number, begin, text, number);
        throw new QueryException(query, begin, $"'{text}' is not a number.");
    }

    private bool IsExponent()
    {
        if (_at + 1 >= query.Length || query[_at] is not ('e' or 'E')) return false;
        return char.IsAsciiDigit(query[_at + 1]) || (query[_at + 1] is '+' or '-' && _at + 2 < query.Length && char.IsAsciiDigit(query[_at + 2]));
    }

    /// <summary>Reads 5m or 1h30m: whole numbers, each with a unit, the longer unit first.</summary>
    private Token ReadDuration(int begin)
    {
        _at = begin;
        while (_at < query.Length && (char.IsAsciiLetterOrDigit(query[_at]) || query[_at] == '.')) _at++;
        var text = query.AsSpan(begin, _at - begin);
        var rest = text;
        var (nanoseconds, smallest) = (0.0, double.PositiveInfinity);
        while (rest.Length > 0)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits <= 0) throw NotDuration(begin, text);
            var letters = rest[digits..].IndexOfAnyInRange('0', '9') is var next && next < 0 ? rest.Length - digits : next;
            var written = rest.Slice(digits, letters).ToString();
            var unit = Array.FindIndex(Units, candidate => candidate.Unit == written);
            if (unit < 0 || Units[unit].Nanoseconds >= smallest) throw NotDuration(begin, text);
            smallest = Units[unit].Nanoseconds;
            nanoseconds += double.Parse(rest[..digits], CultureInfo.InvariantCulture) * smallest;
            rest = rest[(digits + letters)..];
        }
        // A third of what a long holds, so that times and ranges can be added up.
        if (nanoseconds > 3e18) throw new QueryException(query, begin, $"'{text}' is too long: at most 95 years are allowed.");
        return new(TokenKind.Duration, begin, text.ToString(), nanoseconds);
    }

    private QueryException NotDuration(int begin, ReadOnlySpan<char> text) =>
        new(query, begin, $"'{text}' is not a number or a duration. Durations are whole numbers with units, the longest first: 30s, 5m, 1h30m (ms, s, m, h, d, w, y).");

    private Token ReadText()
    {
        var begin = _at;
        var quote = query[_at++];
        var text = new StringBuilder();
        while (_at < query.Length && query[_at] != quote)
        {
            var c = query[_at++];
            text.Append(c == '\\' && quote != '`' ? ReadEscape() : c);
        }
        if (_at >= query.Length) throw new QueryException(query, begin, $"This string has no closing {quote}.");
        _at++;
        return new(TokenKind.Text, begin, text.ToString());
    }

    private char ReadEscape()
    {
        var c = _at < query.Length ? query[_at++] : '\0';
        return c switch
        {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            '\\' or '"' or '\'' => c,
            _ => throw new QueryException(query, _at - 2, $"'\\{c}' is no escape in a string; a backslash itself is written \\\\, or the string in backquotes: `\\d+`."),
        };
    }
}
