namespace Weir.Connectors.Text;

/// <summary>A word of a line and where it stands; position matters under headers of groups.</summary>
internal readonly record struct TextToken(string Text, int Begin)
{
    public int End => Begin + Text.Length;

    /// <summary>Splits at blanks and tabs.</summary>
    public static void Split(string line, List<TextToken> into)
    {
        into.Clear();
        for (var at = 0; at < line.Length && into.Count <= LineValues.ValuesMax;)
        {
            while (at < line.Length && line[at] is ' ' or '\t') at++;
            var begin = at;
            while (at < line.Length && line[at] is not (' ' or '\t')) at++;
            if (at > begin) into.Add(new TextToken(line[begin..at], begin));
        }
    }

    /// <summary>A time of day, <c>12:34:56</c>, as sar and mpstat begin their lines with.</summary>
    public bool IsClock => Text.Length is 7 or 8 && Text.Count(c => c == ':') == 2 && Text.All(c => c == ':' || char.IsAsciiDigit(c));

    public bool IsHalfOfDay => Text is "AM" or "PM" or "am" or "pm";
}
