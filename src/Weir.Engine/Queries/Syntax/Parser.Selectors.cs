namespace Weir.Engine.Queries.Syntax;

internal sealed partial class Parser
{
    private VectorSelector ReadSelector()
    {
        var begin = Current;
        var matchers = new List<LabelMatcher>();
        if (begin.Kind == TokenKind.Name)
        {
            Next();
            matchers.Add(begin.Text.Contains('*')
                ? new LabelMatcher(LabelMatcher.Name, false, begin.Text, LabelMatcher.Glob(begin.Text))
                : new LabelMatcher(LabelMatcher.Name, false, begin.Text, null));
        }
        if (Take("{")) ReadMatchers(matchers);
        // Prometheus has the same rule: a selector that any series meets is most likely a mistake.
        Require(matchers.Exists(matcher => MatchesOnlyWhatIsThere(matcher)), begin.Position, "A selector needs a name or a matcher that an absent label does not meet, such as {job=\"api\"}.");
        return new VectorSelector(begin.Position, matchers.ToArray(), Offset: 0);
    }

    private static bool MatchesOnlyWhatIsThere(LabelMatcher matcher) => (matcher.Pattern?.IsMatch("") ?? matcher.Value.Length == 0) == matcher.IsNegated;

    private void ReadMatchers(List<LabelMatcher> matchers)
    {
        while (!Take("}"))
        {
            var label = Current;
            if (label.Kind is not (TokenKind.Name or TokenKind.Text)) throw Unexpected("a label name or '}'");
            Next();
            if (label.Kind == TokenKind.Text && Current is { Kind: TokenKind.Sign, Text: "," or "}" }) matchers.Add(new LabelMatcher(LabelMatcher.Name, false, label.Text, null));
            else matchers.Add(ReadMatcher(label.Text));
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
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new QueryException(_query, value.Position, $"This is not a regular expression that matches in linear time ({e.Message})", e);
        }
    }

    /// <summary>Reads what may follow an operand: a range, an offset.</summary>
    private Expression ReadPostfix(Expression operand)
    {
        while (true)
        {
            var position = Current.Position;
            if (Take("["))
            {
                if (operand is not VectorSelector selector) throw new QueryException(_query, position, "A range stands after a selector alone; ranges of expressions (subqueries) are not supported.");
                var range = ReadDuration();
                Require(range > 0, position, "A range is longer than nothing.");
                Require(!Current.Text.StartsWith(':'), Current.Position, "A range with a step (a subquery) is not supported.");
                Expect("]");
                operand = new RangeSelector(selector.Position, selector, range);
            }
            else if (TakeWord("offset"))
            {
                var sign = Take("-") ? -1 : 1;
                var offset = sign * ReadDuration();
                operand = operand switch
                {
                    VectorSelector { Offset: 0 } selector => selector with { Offset = offset },
                    RangeSelector { Selector.Offset: 0 } range => range with { Selector = range.Selector with { Offset = offset } },
                    _ => throw new QueryException(_query, position, "An offset stands after a selector alone, and once."),
                };
            }
            else
            {
                Require(Current.Text != "@" || Current.Kind != TokenKind.Sign, position, "'@' is not supported; ask for another time, or use offset.");
                return operand;
            }
        }
    }

    private long ReadDuration()
    {
        if (Current.Kind != TokenKind.Duration) throw Unexpected("a duration such as 5m");
        return (long)Next().Number;
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
