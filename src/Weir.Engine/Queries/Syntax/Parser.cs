namespace Weir.Engine.Queries.Syntax;

/// <summary>Reads a query of the PromQL subset into an expression: precedence climbing over <see cref="BinaryOperator"/>.</summary>
internal sealed partial class Parser
{
    private readonly string _query;
    private readonly List<Token> _tokens;
    private int _at;
    private int _depth;

    private Parser(string query)
    {
        _query = query;
        _tokens = Lexer.Read(query);
    }

    private Token Current => _tokens[_at];

    /// <exception cref="QueryException">Does not parse, or its types do not fit; the message says where and what is expected.</exception>
    public static Expression Parse(string query)
    {
        var parser = Begin(query);
        var expression = parser.ReadExpression(0);
        return parser.Current.Kind == TokenKind.End ? expression : throw parser.Unexpected("an operator or the end");
    }

    private static Parser Begin(string query)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Length > QueryOptions.LengthMax) throw new QueryException(query, QueryOptions.LengthMax, $"A query has at most {QueryOptions.LengthMax} characters; this one has {query.Length}.");
        return new Parser(query);
    }

    private Expression ReadExpression(int precedenceMin)
    {
        // Counted on the way down as well: a thousand brackets must not use up the stack before the tree exists.
        if (++_depth > QueryOptions.DepthMax) throw TooDeep(Current.Position);
        var left = ReadOperand();
        while (BinaryOperator.Find(Current) is { } op && op.Precedence >= precedenceMin)
        {
            var position = Next().Position;
            var (isBool, matching) = ReadModifiers(op);
            var right = ReadExpression(op.IsRightAssociative ? op.Precedence : op.Precedence + 1);
            left = CheckBinary(new Binary(position, op, left, right, isBool, matching));
        }
        _depth--;
        return left;
    }

    private Expression ReadOperand()
    {
        var token = Current;
        if (token is not { Kind: TokenKind.Sign, Text: "-" or "+" }) return ReadPostfix(ReadPrimary(), isInBrackets: token is { Kind: TokenKind.Sign, Text: "(" });
        Next();
        var operand = ReadExpression(BinaryOperator.NegationPrecedence + 1);
        Require(operand.Type is ExpressionType.Scalar or ExpressionType.Vector, operand.Position, $"'{token.Text}' stands before {Spell(operand.Type)}; it takes a scalar or a vector.");
        return token.Text == "+" ? operand : new Negation(token.Position, operand);
    }

    private Expression ReadPrimary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                Next();
                return new NumberLiteral(token.Position, token.Number);
            case TokenKind.Duration:
                Next();
                return new NumberLiteral(token.Position, token.Number / 1e9);
            case TokenKind.Text:
                Next();
                return new TextLiteral(token.Position, token.Text);
            case TokenKind.Sign when token.Text == "(":
                Next();
                var inner = ReadExpression(0);
                Expect(")");
                return inner;
            case TokenKind.Sign when token.Text == "{":
                return ReadSelector();
            case TokenKind.Name:
                return ReadNamed(token);
            default:
                throw Unexpected("a selector, a number, a function or '('");
        }
    }

    private Expression ReadNamed(Token name)
    {
        var next = _tokens[_at + 1];
        var isCall = next is { Kind: TokenKind.Sign, Text: "(" };
        if (Aggregators.Contains(name.Text, StringComparer.OrdinalIgnoreCase) && (isCall || IsWord(next, "by") || IsWord(next, "without"))) return ReadAggregate();
        if (isCall) return ReadCall();
        if (name.Text.Equals("inf", StringComparison.OrdinalIgnoreCase) || name.Text.Equals("nan", StringComparison.OrdinalIgnoreCase))
        {
            Next();
            return new NumberLiteral(name.Position, name.Text.Equals("nan", StringComparison.OrdinalIgnoreCase) ? double.NaN : double.PositiveInfinity);
        }
        return ReadSelector();
    }

    private (bool IsBool, Matching Matching) ReadModifiers(BinaryOperator op)
    {
        var isBool = TakeWord("bool");
        Require(!isBool || op.Kind == OperatorKind.Comparison, _tokens[_at - 1].Position, $"'bool' stands with comparisons alone, not with '{op.Sign}'.");
        if (!TakeWord("on", out var isOn) && !TakeWord("ignoring")) return (isBool, Matching.All);
        var labels = ReadLabelNames();
        var (many, include) = (ManySide.Neither, Array.Empty<string>());
        var position = Current.Position;
        if (TakeWord("group_left", out var isLeft) || TakeWord("group_right"))
        {
            Require(op.Kind != OperatorKind.Set, position, $"'{op.Sign}' matches many to many; it takes no group_left or group_right.");
            many = isLeft ? ManySide.Left : ManySide.Right;
            if (Current is { Kind: TokenKind.Sign, Text: "(" }) include = ReadLabelNames();
            var both = isOn ? Array.Find(include, labels.Contains) : null;
            Require(both is null, position, $"Label '{both}' stands both in on and in {(isLeft ? "group_left" : "group_right")}.");
        }
        return (isBool, new Matching(isOn, labels, many, include));
    }

    private Binary CheckBinary(Binary binary)
    {
        foreach (var side in new[] { binary.Left, binary.Right })
        {
            Require(side.Type is ExpressionType.Scalar or ExpressionType.Vector, side.Position, $"'{binary.Operator.Sign}' takes scalars and vectors, not {Spell(side.Type)}.{RangeHint(side)}");
        }
        var isOfVectors = binary.Left.Type == ExpressionType.Vector && binary.Right.Type == ExpressionType.Vector;
        Require(isOfVectors || binary.Operator.Kind != OperatorKind.Set, binary.Position, $"'{binary.Operator.Sign}' takes two vectors.");
        Require(isOfVectors || binary.Matching == Matching.All, binary.Position, "Only between two vectors are there series to match.");
        Require(
            binary.Type == ExpressionType.Vector || binary.Operator.Kind != OperatorKind.Comparison || binary.IsBool,
            binary.Position, $"A comparison of two scalars needs bool: '{binary.Operator.Sign} bool'.");
        if (binary.Depth > QueryOptions.DepthMax) throw TooDeep(binary.Position);
        return binary;
    }

    private QueryException TooDeep(int position) => new(_query, position, $"The query lies more than {QueryOptions.DepthMax} levels deep.");

    private Token Next() => _tokens[_at++];

    private bool Take(string sign)
    {
        if (Current.Kind != TokenKind.Sign || Current.Text != sign) return false;
        _at++;
        return true;
    }

    private bool TakeWord(string word)
    {
        if (!IsWord(Current, word)) return false;
        _at++;
        return true;
    }

    /// <summary>Words of the language are the same in capitals; names are not.</summary>
    private static bool IsWord(Token token, string word) => token.Kind == TokenKind.Name && token.Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    private bool TakeWord(string word, out bool isTaken) => isTaken = TakeWord(word);

    private void Expect(string sign)
    {
        if (!Take(sign)) throw Unexpected($"'{sign}'");
    }

    private void Require(bool holds, int position, string message)
    {
        if (!holds) throw new QueryException(_query, position, message);
    }

    private QueryException Unexpected(string expected) => new(_query, Current.Position, $"{expected} is expected, not {Current}.");

    private static string Spell(ExpressionType type) => type switch
    {
        ExpressionType.Scalar => "a scalar",
        ExpressionType.Vector => "a vector",
        ExpressionType.Range => "a range",
        _ => "a string",
    };

    private static string RangeHint(Expression expression) => expression.Type == ExpressionType.Range ? " A function such as rate(…) makes a vector of a range." : "";
}
