using System.Globalization;
using System.Text;

namespace Weir.Engine.Queries.Syntax;

/// <summary>
/// A string in quotes, with Go's escapes: <c>\n</c> and the like, <c>\u00e9</c> and <c>\U0001f600</c> for code points, <c>\x41</c> and <c>\101</c> for bytes of
/// UTF-8.
/// </summary>
/// <param name="query">The whole query.</param>
/// <param name="begin">Place of the opening quote.</param>
internal sealed class QuotedText(string query, int begin)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly StringBuilder _text = new();
    private readonly List<byte> _bytes = [];
    private int _at = begin + 1;
    private int _bytesBegin;

    /// <exception cref="QueryException">It does not end, or has an escape that there is not.</exception>
    public string Read(out int end)
    {
        var quote = query[begin];
        while (_at < query.Length && query[_at] != quote)
        {
            if (query[_at] == '\\') ReadEscape(quote);
            else Append(query[_at++].ToString());
        }
        if (_at >= query.Length) throw new QueryException(query, begin, $"This string has no closing {quote}.");
        TakeBytes();
        end = _at + 1;
        return _text.ToString();
    }

    private void ReadEscape(char quote)
    {
        const string letters = "abfnrtv\\", meanings = "\a\b\f\n\r\t\v\\";
        var (from, letter) = (_at, _at + 1 < query.Length ? query[_at + 1] : '\0');
        _at += 2;
        if (letters.IndexOf(letter) is var place and >= 0) Append(meanings[place].ToString());
        else if (letter == quote) Append(quote.ToString());
        else if (letter == 'x' && TryReadNumber(2, out var hexadecimal)) AddByte(from, (byte)hexadecimal);
        else if (letter is >= '0' and <= '3' && TryReadOctal(out var octal)) AddByte(from, octal);
        else if (letter is 'u' or 'U' && TryReadNumber(letter == 'u' ? 4 : 8, out var code) && Rune.TryCreate(code, out var rune)) Append(rune.ToString());
        else throw Error(from);
    }

    private bool TryReadNumber(int digits, out uint number)
    {
        number = 0;
        if (_at + digits > query.Length || !uint.TryParse(query.AsSpan(_at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)) return false;
        _at += digits;
        return true;
    }

    /// <summary>Three digits, the first of which is read.</summary>
    private bool TryReadOctal(out byte number)
    {
        number = 0;
        if (_at + 2 > query.Length || query.AsSpan(_at, 2).ContainsAnyExceptInRange('0', '7')) return false;
        number = (byte)(((query[_at - 1] - '0') << 6) | ((query[_at] - '0') << 3) | (query[_at + 1] - '0'));
        _at += 2;
        return true;
    }

    private void Append(string text)
    {
        TakeBytes();
        _text.Append(text);
    }

    private void AddByte(int from, byte value)
    {
        if (_bytes.Count == 0) _bytesBegin = from;
        _bytes.Add(value);
    }

    private void TakeBytes()
    {
        if (_bytes.Count == 0) return;
        try
        {
            _text.Append(Utf8.GetString([.. _bytes]));
        }
        catch (DecoderFallbackException e)
        {
            throw new QueryException(query, _bytesBegin, "These bytes are no UTF-8; a code point is written \\u00e9.", e);
        }
        _bytes.Clear();
    }

    private QueryException Error(int from)
    {
        var written = query.AsSpan(from, Math.Min(2, query.Length - from));
        return new(query, from, $"'{written}' is no escape in a string; a backslash itself is written \\\\, or the string in backquotes: `\\d+`.");
    }
}
