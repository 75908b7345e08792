namespace Weir.Engine.Queries.Syntax;

internal sealed partial class Parser
{
    private static readonly string[] Aggregators = ["sum", "avg", "min", "max", "count", "group", "stddev", "stdvar", "topk", "bottomk", "quantile"];

    private static bool TakesParameter(string aggregator) => aggregator is "topk" or "bottomk" or "quantile";

    private Aggregate ReadAggregate()
    {
        var name = Next();
        var isGrouped = ReadGrouping(out var labels, out var isWithout);
        Expect("(");
        Expression? parameter = null;
        if (TakesParameter(name.Text))
        {
            parameter = ReadExpression(0);
            Require(parameter.Type == ExpressionType.Scalar, parameter.Position, $"{name.Text} takes a scalar and a vector: {name.Text}(5, cpu); here the first is {Spell(parameter.Type)}.");
            Expect(",");
        }
        var operand = ReadExpression(0);
        Require(operand.Type == ExpressionType.Vector, operand.Position, $"{name.Text} takes a vector, not {Spell(operand.Type)}.{RangeHint(operand)}");
        Expect(")");
        if (!isGrouped) ReadGrouping(out labels, out isWithout);
        return new Aggregate(name.Position, name.Text, operand, parameter, labels, isWithout);
    }

    private bool ReadGrouping(out string[] labels, out bool isWithout)
    {
        labels = [];
        if (!TakeWord("without", out isWithout) && !TakeWord("by")) return false;
        labels = ReadLabelNames();
        return true;
    }

    private Call ReadCall()
    {
        var name = Next();
        var function = Function.Find(name.Text);
        if (function is null)
        {
            var known = Function.Names.Concat(Aggregators).ToArray();
            throw new QueryException(_query, name.Position, $"There is no function '{name.Text}'{Spelling.Suggest(name.Text, known)}");
        }
        Expect("(");
        var arguments = new List<Expression>();
        while (!Take(")"))
        {
            if (arguments.Count > 0) Expect(",");
            arguments.Add(ReadExpression(0));
        }
        CheckArguments(name, function, arguments);
        return new Call(name.Position, function, arguments.ToArray());
    }

    private void CheckArguments(Token name, Function function, List<Expression> arguments)
    {
        var signature = $"{function.Name}({string.Join(", ", function.Parameters.Select(type => type.ToString().ToLowerInvariant()))})";
        var most = function.Parameters.Length;
        Require(
            arguments.Count <= most && arguments.Count >= most - function.Optional,
            name.Position, $"{signature} is given {arguments.Count} argument{(arguments.Count == 1 ? "" : "s")}{(function.Optional > 0 ? $"; the last {function.Optional} may be left out" : "")}.");
        for (var i = 0; i < arguments.Count; i++)
        {
            var (wanted, given) = (function.Parameters[i], arguments[i]);
            var hint = wanted == ExpressionType.Range && given is VectorSelector ? " Add one, such as [5m]." : wanted == ExpressionType.Vector ? RangeHint(given) : "";
            Require(given.Type == wanted, given.Position, $"{signature} takes {Spell(wanted)} here, not {Spell(given.Type)}.{hint}");
        }
    }
}
