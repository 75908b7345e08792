namespace Weir.Engine.Queries.Syntax;

internal sealed partial class Parser
{
    private static readonly string[] Aggregators = ["sum", "avg", "min", "max", "count", "group", "stddev", "stdvar", "topk", "bottomk", "quantile", "count_values"];

    /// <summary>Functions of Prometheus that are not there, and what to write instead.</summary>
    private static readonly Dictionary<string, string> Unsupported = new()
    {
        ["histogram_avg"] = "there are no native histograms; the average of a classic one is rate(x_sum[5m]) / rate(x_count[5m])",
        ["histogram_count"] = "there are no native histograms; that of a classic one is the series x_count",
        ["histogram_sum"] = "there are no native histograms; that of a classic one is the series x_sum",
        ["histogram_fraction"] = "there are no native histograms; for a classic one divide rate(x_bucket{le=\"1\"}[5m]) by rate(x_count[5m])",
        ["histogram_stddev"] = "there are no native histograms",
        ["histogram_stdvar"] = "there are no native histograms",
        ["holt_winters"] = "avg_over_time smooths more plainly",
        ["double_exponential_smoothing"] = "avg_over_time smooths more plainly",
        ["mad_over_time"] = "stddev_over_time measures spread as well",
        ["limitk"] = "topk picks series as well",
        ["limit_ratio"] = "topk picks series as well",
        ["sort_by_label"] = "sort orders by value",
        ["sort_by_label_desc"] = "sort_desc orders by value",
        ["info"] = "join with * on(…) group_left(…)",
    };

    private static ExpressionType? ParameterOf(string aggregator) => aggregator switch
    {
        "topk" or "bottomk" or "quantile" => ExpressionType.Scalar,
        "count_values" => ExpressionType.Text,
        _ => null,
    };

    private Aggregate ReadAggregate()
    {
        var token = Next();
        var name = token.Text.ToLowerInvariant();
        var isGrouped = ReadGrouping(out var labels, out var isWithout);
        Expect("(");
        Expression? parameter = null;
        if (ParameterOf(name) is { } wanted)
        {
            parameter = ReadExpression(0);
            var example = wanted == ExpressionType.Text ? "\"value\"" : "5";
            Require(parameter.Type == wanted, parameter.Position, $"{name} takes {Spell(wanted)} and a vector: {name}({example}, cpu); here the first is {Spell(parameter.Type)}.");
            Expect(",");
        }
        var operand = ReadExpression(0);
        Require(operand.Type == ExpressionType.Vector, operand.Position, $"{name} takes a vector, not {Spell(operand.Type)}.{RangeHint(operand)}");
        Expect(")");
        if (!isGrouped) ReadGrouping(out labels, out isWithout);
        return new Aggregate(token.Position, name, operand, parameter, labels, isWithout);
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
            Require(!Unsupported.TryGetValue(name.Text, out var instead), name.Position, $"'{name.Text}' is not supported: {instead}.");
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
            (arguments.Count <= most || function.IsLastRepeated) && arguments.Count >= most - function.Optional,
            name.Position, $"{signature} is given {arguments.Count} argument{(arguments.Count == 1 ? "" : "s")}{(function.Optional > 0 ? $"; the last {function.Optional} may be left out" : "")}.");
        for (var i = 0; i < arguments.Count; i++)
        {
            var (wanted, given) = (function.Parameters[Math.Min(i, most - 1)], arguments[i]);
            var hint = wanted == ExpressionType.Range && given is VectorSelector ? " Add one, such as [5m]." : wanted == ExpressionType.Vector ? RangeHint(given) : "";
            Require(given.Type == wanted, given.Position, $"{signature} takes {Spell(wanted)} here, not {Spell(given.Type)}.{hint}");
        }
    }
}
