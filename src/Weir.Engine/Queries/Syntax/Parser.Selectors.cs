using Weir.Engine.Queries.Patterns;
using Weir.Engine.Time;

namespace Weir.Engine.Queries.Syntax;

internal sealed partial class Parser
{
    /// <summary>Reads a selector and nothing else, as <c>match[]</c> takes it.</summary>
    /// <exception cref="QueryException">It is something else; the message says where.</exception>
    public static LabelMatcher[] ParseSelector(string text)
    {
        var parser = Begin(text);
        if (parser.Current is not ({ Kind: TokenKind.Name } or { Kind: TokenKind.Sign, Text: "{" })) throw parser.Unexpected("a selector such as up{job=\"api\"}");
        var selector = parser.ReadSelector();
        return parser.Current.Kind == TokenKind.End ? selector.Matchers : throw parser.Unexpected("the end of the selector");
    }

    private VectorSelector ReadSelector()
    {
        var begin = Current;
        var matchers = new List<LabelMatcher>();
        if (begin.Kind == TokenKind.Name)
        {
            Next();
            matchers.Add(begin.Text.Contains('*')
                ? new LabelMatcher(LabelMatcher.Name, false, begin.Text, TextPattern.OfGlob(begin.Text))
                : new LabelMatcher(LabelMatcher.Name, false, begin.Text, null));
        }
        if (Take("{")) ReadMatchers(matchers);
        // Prometheus has the same rule: a selector that any series meets is most likely a mistake.
        Require(matchers.Exists(matcher => MatchesOnlyWhatIsThere(matcher)), begin.Position, "A selector needs a name or a matcher that an absent label does not meet, such as {job=\"api\"}.");
        return new VectorSelector(begin.Position, matchers.ToArray(), TimeShift.None);
    }

    private static bool MatchesOnlyWhatIsThere(LabelMatcher matcher) => !matcher.MatchesValue("");

    private void ReadMatchers(List<LabelMatcher> matchers)
    {
        var hasName = matchers.Count > 0;
        while (!Take("}"))
        {
            var label = Current;
            if (label.Kind is not (TokenKind.Name or TokenKind.Text)) throw Unexpected("a label name or '}'");
            Next();
            var isQuotedName = label.Kind == TokenKind.Text && Current is { Kind: TokenKind.Sign, Text: "," or "}" };
            var matcher = isQuotedName ? new LabelMatcher(LabelMatcher.Name, false, label.Text, null) : ReadMatcher(label.Text);
            var isNameAgain = matcher.Label == LabelMatcher.Name && (hasName || (isQuotedName && matchers.Exists(other => other.Label == LabelMatcher.Name)));
            Require(!isNameAgain, label.Position, $"The name is given twice: by '{matcher.Value}' as well. Leave one of the two out.");
            hasName |= isQuotedName;
            matchers.Add(matcher);
            if (!Take(",") && Current is not { Kind: TokenKind.Sign, Text: "}" }) throw Unexpected("',' or '}'");
        }
    }

    private LabelMatcher ReadMatcher(string label)
    {
        if (Current is not { Kind: TokenKind.Sign, Text: "=" or "!=" or "=~" or "!~" }) throw Unexpected("one of = != =~ !~");
        var sign = Next().Text;
        var value = Current;
        if (value.Kind != TokenKind.Text) throw Unexpected("a value in quotes");
        Next();
        try
        {
            return LabelMatcher.Create(label, sign[0] == '!', value.Text, sign[1..] == "~");
        }
        catch (ArgumentException e)
        {
            throw new QueryException(_query, value.Position, $"This is not a regular expression that matches in linear time ({e.Message})", e);
        }
    }

    /// <summary>Reads what may follow an operand: a range or a subquery, an offset, a time. After brackets a subquery alone may come first.</summary>
    private Expression ReadPostfix(Expression operand, bool isInBrackets)
    {
        while (true)
        {
            var position = Current.Position;
            if (Take("[")) operand = ReadRange(operand, position, isInBrackets);
            else if (TakeWord("offset")) operand = ReadOffset(RequireBare(operand, position, "An offset", isInBrackets), position);
            else if (Take("@")) operand = ReadAnchor(RequireBare(operand, position, "'@'", isInBrackets), position);
            else return operand;
            isInBrackets = false;
        }
    }

    private Expression RequireBare(Expression operand, int position, string what, bool isInBrackets)
    {
        Require(!isInBrackets, position, $"{what} stands right after a selector, a range or a subquery, inside the brackets.");
        return operand;
    }

    private RangeExpression ReadRange(Expression operand, int position, bool isInBrackets)
    {
        Require(operand.Type == ExpressionType.Vector, position, $"A range stands after a vector, not after {Spell(operand.Type)}.");
        var range = ReadDuration();
        Require(range > 0, position, "A range is longer than nothing.");
        if (Take(":"))
        {
            var step = Current is { Kind: TokenKind.Sign, Text: "]" } ? QueryOptions.SubqueryStep.Nanoseconds : ReadDuration();
            Require(step > 0, position, "The step of a subquery is longer than nothing.");
            Expect("]");
            return new Subquery(operand.Position, operand, range, step, TimeShift.None);
        }
        Expect("]");
        if (operand is VectorSelector selector && selector.Shift == TimeShift.None && !isInBrackets) return new RangeSelector(selector.Position, selector.Matchers, range, TimeShift.None);
        var hint = operand is VectorSelector { Shift: var shift } && shift == TimeShift.None ? "write it inside the brackets" : operand is VectorSelector ? "offset and @ stand after it" : "a subquery writes a colon: [1h:] or [1h:30s]";
        throw new QueryException(_query, position, $"A range stands right after a selector; {hint}.");
    }

    private Expression ReadOffset(Expression operand, int position)
    {
        var sign = Take("-") ? -1 : 1;
        var offset = sign * ReadDuration();
        var shift = ShiftOf(operand, position, "An offset");
        Require(shift.Offset == 0, position, "An offset stands once.");
        return Shifted(operand, shift with { Offset = offset });
    }

    /// <summary>Reads what stands after @: Unix seconds, start() or end().</summary>
    private Expression ReadAnchor(Expression operand, int position)
    {
        var shift = ShiftOf(operand, position, "'@'");
        Require(shift.Anchor == Anchor.Step, position, "'@' stands once.");
        if (TakeWord("start", out var isStart) || TakeWord("end"))
        {
            Expect("(");
            Expect(")");
            return Shifted(operand, shift with { Anchor = isStart ? Anchor.Start : Anchor.End });
        }
        var sign = Take("-") ? -1 : 1;
        if (Current.Kind != TokenKind.Number) throw Unexpected("Unix seconds, start() or end()");
        var seconds = Next();
        Require(seconds.Number * 1000 <= UnixTime.MillisecondsMax, seconds.Position, $"{seconds} is no time: Unix seconds are expected, between the years 1678 and 2261.");
        return Shifted(operand, shift with { Anchor = Anchor.Time, Time = sign * UnixTime.FromMilliseconds(seconds.Number * 1000) });
    }

    private TimeShift ShiftOf(Expression operand, int position, string what) => operand switch
    {
        VectorSelector selector => selector.Shift,
        RangeExpression range => range.Shift,
        _ => throw new QueryException(_query, position, $"{what} stands right after a selector, a range or a subquery."),
    };

    private static Expression Shifted(Expression operand, TimeShift shift) => operand is VectorSelector selector ? selector with { Shift = shift } : (RangeExpression)operand with { Shift = shift };

    /// <summary>Nanoseconds of a duration, or of a number of seconds.</summary>
    private long ReadDuration()
    {
        if (Current.Kind == TokenKind.Duration) return (long)Next().Number;
        if (Current.Kind != TokenKind.Number) throw Unexpected("a duration such as 5m");
        var seconds = Next();
        Require(seconds.Number * 1e9 <= Lexer.DurationMax, seconds.Position, $"{seconds} seconds are too long: at most 95 years are allowed.");
        return (long)(seconds.Number * 1e9);
    }

    private string[] ReadLabelNames()
    {
        var names = new List<string>();
        Expect("(");
        while (!Take(")"))
        {
            if (Current.Kind is not (TokenKind.Name or TokenKind.Text)) throw Unexpected("a label name or ')'");
            names.Add(Next().Text);
            if (!Take(",") && Current is not { Kind: TokenKind.Sign, Text: ")" }) throw Unexpected("',' or ')'");
        }
        return names.ToArray();
    }
}
