namespace Weir.Connectors.Text;

/// <summary>
/// Brings a number with separators to digits and a point. Where a comma or a point alone does not tell what it is (<c>1,234</c>), the numbers before
/// it do: those of one text are written in one way.
/// </summary>
internal sealed class NumberNotation
{
    /// <summary>Whether a comma was seen that can only be a decimal one.</summary>
    public bool IsDecimalComma { get; private set; }

    /// <summary>
    /// The length of the number at the beginning of <paramref name="text"/>, after its sign, whose digits and point are written to
    /// <paramref name="plain"/>; 0 when there is none.
    /// </summary>
    public static int Read(ReadOnlySpan<char> text, Span<char> plain, out int length, NumberNotation? notation)
    {
        length = 0;
        var end = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.' || IsMark(text, end))) end++;
        var number = text[..end];
        if (number.IndexOfAnyInRange('0', '9') < 0) return 0;
        var decimalAt = FindDecimal(number, notation, out var isNumber);
        if (!isNumber) return 0;
        for (var i = 0; i < number.Length && length < plain.Length; i++)
        {
            if (char.IsAsciiDigit(number[i])) plain[length++] = number[i];
            else if (i == decimalAt) plain[length++] = '.';
        }
        return end;
    }

    // A comma, an apostrophe or a blank counts between digits only.
    private static bool IsMark(ReadOnlySpan<char> text, int at)
    {
        if (at == 0 || at + 1 >= text.Length || !char.IsAsciiDigit(text[at - 1]) || !char.IsAsciiDigit(text[at + 1])) return false;
        if (text[at] == ',') return true;
        return text[at] is '\'' or '’' or ' ' or '\u00a0' or '\u202f' && IsGroup(text, at);
    }

    private static bool IsGroup(ReadOnlySpan<char> text, int at) =>
        at + 3 < text.Length && char.IsAsciiDigit(text[at + 2]) && char.IsAsciiDigit(text[at + 3]) && (at + 4 == text.Length || !char.IsAsciiDigit(text[at + 4]));

    private static int FindDecimal(ReadOnlySpan<char> number, NumberNotation? notation, out bool isNumber)
    {
        var (comma, point) = (number.LastIndexOf(','), number.LastIndexOf('.'));
        var (commas, points) = (number.Count(','), number.Count('.'));
        isNumber = true;
        if (commas == 0 && points <= 1) return IsThousandsPoint(number, point, notation) ? -1 : point;
        if (commas > 0 && points > 0)
        {
            // The last of two kinds of marks is the decimal one.
            var isComma = comma > point;
            isNumber = isComma ? commas == 1 && AreGroups(number[..comma], '.') : points == 1 && AreGroups(number[..point], ',');
            if (isNumber) notation?.Learn(isComma);
            return isComma ? comma : point;
        }
        if (commas + points > 1)
        {
            isNumber = AreGroups(number, commas > 0 ? ',' : '.');
            if (isNumber) notation?.Learn(commas == 0);
            return -1;
        }
        var isGroup = comma is >= 1 and <= 3 && number.Length - comma == 4 && number[0] != '0';
        if (isGroup) return notation?.IsDecimalComma == true ? comma : -1;
        notation?.Learn(isComma: true);
        return comma;
    }

    private static bool IsThousandsPoint(ReadOnlySpan<char> number, int point, NumberNotation? notation) =>
        notation?.IsDecimalComma == true && point is >= 1 and <= 3 && number.Length - point == 4 && number[0] != '0';

    private static bool AreGroups(ReadOnlySpan<char> number, char mark)
    {
        var isFirst = true;
        foreach (var range in number.Split(mark))
        {
            var length = number[range].Length;
            if (isFirst ? length is 0 or > 3 : length != 3) return false;
            isFirst = false;
        }
        return true;
    }

    /// <summary>Takes it as known that commas are decimal ones.</summary>
    public void LearnComma() => Learn(isComma: true);

    private void Learn(bool isComma) => IsDecimalComma = isComma;
}
