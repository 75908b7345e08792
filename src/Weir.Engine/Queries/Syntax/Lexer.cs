using System.Globalization;

namespace Weir.Engine.Queries.Syntax;

/// <summary>
/// Cuts a query into tokens. Names may hold dots, as OpenTelemetry writes them; a star right after a dot belongs to the name and makes it a glob
/// (<c>orders.*</c>), a star anywhere else multiplies.
/// </summary>
internal sealed class Lexer(string query)
{
    private static readonly string[] Signs = ["=~", "!~", "!=", "==", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "%", "^", "(", ")", "{", "}", "[", "]", ",", ":", "@"];

    /// <summary>Nanoseconds: a third of what a long holds, so that times and ranges can be added up.</summary>
    public const double DurationMax = 3e18;

    private int _at;
    private bool _isInRange;

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
        if (char.IsAsciiLetter(c) || c == '_' || (c == ':' && !_isInRange)) return ReadName();
        if (char.IsAsciiDigit(c) || (c == '.' && _at + 1 < query.Length && char.IsAsciiDigit(query[_at + 1]))) return ReadNumber();
        if (c is '"' or '\'' or '`') return ReadText();
        foreach (var sign in Signs)
        {
            if (!query.AsSpan(_at).StartsWith(sign, StringComparison.Ordinal)) continue;
            _at += sign.Length;
            // Names may begin with a colon; between [ and ] it parts the range from the step.
            if (sign is "[" or "]") _isInRange = sign == "[";
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
        if (query[_at] == '0' && _at + 1 < query.Length && query[_at + 1] is 'x' or 'X') return ReadHexadecimal(begin);
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

    private Token ReadHexadecimal(int begin)
    {
        _at += 2;
        while (_at < query.Length && char.IsAsciiLetterOrDigit(query[_at])) _at++;
        var text = query[begin.._at];
        if (ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)) return new(TokenKind.Number, begin, text, number);
        throw new QueryException(query, begin, $"'{text}' is not a number; after 0x stand 1 to 16 of 0-9 and a-f.");
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
        if (!DurationText.TryRead(text, out var nanoseconds)) throw NotDuration(begin, text);
        if (nanoseconds > DurationMax) throw new QueryException(query, begin, $"'{text}' is too long: at most 95 years are allowed.");
        return new(TokenKind.Duration, begin, text.ToString(), nanoseconds);
    }

    private QueryException NotDuration(int begin, ReadOnlySpan<char> text) =>
        new(query, begin, $"'{text}' is not a number or a duration. Durations are whole numbers with units, the longest first: 30s, 5m, 1h30m (ms, s, m, h, d, w, y).");

    private Token ReadText()
    {
        var begin = _at;
        var quote = query[_at++];
        if (quote != '`') return new(TokenKind.Text, begin, new QuotedText(query, begin).Read(out _at));
        var end = query.IndexOf('`', _at);
        if (end < 0) throw new QueryException(query, begin, "This string has no closing `.");
        (_at, var text) = (end + 1, query[_at..end]);
        return new(TokenKind.Text, begin, text);
    }
}
