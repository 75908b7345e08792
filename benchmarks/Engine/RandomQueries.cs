namespace Weir.Bench.Engine;

/// <summary>
/// Random expressions over the series of <c>QueryData</c>. What jumps (comparisons, rounding, ranks) is asked of exact values alone: elsewhere two right answers
/// that differ in their last digit would come to different ends; and quantiles of rates are such that their ranks are no whole counts. Subqueries stand in
/// no other subquery, since theirs would begin at a step of the outer one.
/// What Prometheus 2.42 gets wrong is left out: predict_linear with <c>@</c> over a range of time moves on, and count_values by labels that sort behind its own mixes groups,
/// and the deviation of a single infinity is 0.
/// </summary>
internal sealed class RandomQueries(Random random)
{
    private static readonly string[] Labels = ["host", "zone", "code", "le", "team"];
    private static readonly string[] Comparisons = ["==", "!=", "<", "<=", ">", ">="];

    private bool _isInSubquery;

    public string Next() => random.Next(12) switch
    {
        0 => Scalar(2),
        1 => $"{OneOf("sort", "sort_desc")}(weight{Matchers()})",
        _ => Vector(random.Next(1, 5)),
    };

    private string Vector(int depth) => depth <= 0 ? Selector() : random.Next(16) switch
    {
        0 or 1 => Exact(depth),
        2 => Aggregation(OneOf("sum", "avg", "count", "group"), Vector(depth - 1)),
        3 => Aggregation(OneOf("stddev", "stdvar"), $"{OneOf("level", "load", "weight", "requests")}{Matchers()}{Modifiers()}"),
        4 => Aggregation("quantile", $"{OneOf("0.5", "0.9", "0", "1", "-1", "2")}, {Exact(depth - 1)}"),
        5 or 6 => $"{OneOf("rate", "increase", "irate")}({Range(OneOf("requests", "hits", "latency_bucket"), "5m", "90s", "10m", "17m")})",
        7 => $"{OneOf("delta", "idelta", "avg_over_time")}({AnyRange(depth)})",
        8 => random.Next(3) switch
        {
            0 => $"quantile_over_time({OneOf("0.25", "0.9", "1", "0")}, {AnyRange(depth)})",
            1 => $"{OneOf("deriv", "stddev_over_time", "stdvar_over_time")}({Range(OneOf("level", "requests"), "5m", "12m")})",
            _ => $"predict_linear({OneOf("level", "requests")}{Matchers()}[{OneOf("5m", "12m")}]{OneOf("", " offset 90s", " offset -2m")}, {OneOf("60", "-30", "3600")})",
        },
        9 => $"{OneOf("exp", "ln", "log2", "log10", "sqrt", "sin", "cos", "atan", "tanh", "deg", "rad")}({Exact(depth - 1)})",
        10 => $"({Vector(depth - 1)}) {OneOf("*", "+")} ({Scalar(1)})",
        11 => $"({Vector(depth - 1)}) / {Matching()}({Exact(depth - 1)})",
        12 => $"({Vector(depth - 1)}) {OneOf("*", "+")} {Matching()}({Vector(depth - 1)})",
        13 => $"histogram_quantile({OneOf("0.4567", "0.9123", "0.98761", "0.01357")}, {Buckets()})",
        14 => $"({Vector(depth - 1)}) {OneOf("and", "or", "unless")} {SetMatching()}({Vector(depth - 1)})",
        _ => $"-({Exact(depth - 1)}) ^ 2",
    };

    /// <summary>Values without rounding: small multiples of a quarter, counts and infinities.</summary>
    private string Exact(int depth) => depth <= 0 ? ExactSelector() : random.Next(23) switch
    {
        0 => ExactSelector(),
        1 => Aggregation(OneOf("min", "max", "count", "group"), Exact(depth - 1)),
        2 => Aggregation(OneOf("sum", "min", "max"), $"{OneOf("level", "load", "requests")}{Matchers()}"),
        3 or 4 => $"{OneOf("min", "max", "last", "count", "present")}_over_time({AnyRange(depth)})",
        5 => $"{OneOf("changes", "resets")}({AnyRange(depth)})",
        6 => $"sum_over_time({Range("level", "5m", "3m")})",
        7 => $"{OneOf("abs", "ceil", "floor", "sgn")}({Exact(depth - 1)})",
        8 => $"round({Exact(depth - 1)}{OneOf("", ", 5", ", 0.5")})",
        9 => $"clamp({Exact(depth - 1)}, {OneOf("-3", "2", "70")}, {OneOf("5", "50")})",
        10 => $"clamp_{OneOf("min", "max")}({Exact(depth - 1)}, {OneOf("7", "-2.5")})",
        11 => $"{Exact(depth - 1)} {OneOf(Comparisons)} {OneOf("", "bool ")}{OneOf("3", "0", "-10.25", "50", "Inf")}",
        12 => $"{OneOf("3", "20")} {OneOf(Comparisons)} {OneOf("", "bool ")}({Exact(depth - 1)})",
        13 => $"({Exact(depth - 1)}) {OneOf(Comparisons)} {OneOf("", "bool ")}{Matching()}({Exact(depth - 1)})",
        14 => $"({Exact(depth - 1)}) {OneOf("+", "-", "%")} {OneOf("2", "0.25", "7")}",
        15 => $"({Exact(depth - 1)}) {OneOf("and", "or", "unless")} {SetMatching()}({Exact(depth - 1)})",
        16 => $"{OneOf("absent", "count")}({Exact(depth - 1)})",
        17 => $"histogram_quantile({OneOf("0.75", "1", "-1", "1.5")}, latency_bucket{Matchers()}{Modifiers()})",
        18 => random.Next(2) == 0 ? $"absent({OneOf("nothing", "level", "info")}{Matchers()})" : $"absent_over_time({Range(OneOf("nothing", "load"), "2m", "30s")})",
        19 => $"{OneOf("sum", "min", "count")}({OneOf("topk", "bottomk")}({OneOf("1", "3", "0", "-1", "2.7")}, {OneOf("level", "load")}{Matchers()}))",
        20 => Aggregation(OneOf("topk", "bottomk"), $"{OneOf("1", "2", "5")}, weight{Matchers()}{Modifiers()}"),
        21 => Relabelled(Exact(depth - 1)),
        _ => random.Next(3) switch
        {
            0 => $"count_values{By()}(\"zz\", {OneOf("level", "load", "info")}{Matchers()})",
            1 => $"timestamp({OneOf("level", "load", "(level + 1)")})",
            _ => $"{OneOf("minute", "hour", "day_of_week", "day_of_month", "day_of_year", "days_in_month", "month", "year")}({OneOf("", "vector(time())", "level * 1e6")})",
        },
    };

    private string Selector() => random.Next(4) switch
    {
        0 => $"{OneOf("weight", "requests", "hits")}{Matchers()}{Modifiers()}",
        1 => $"vector({Scalar(1)})",
        _ => ExactSelector(),
    };

    private string ExactSelector() => $"{OneOf("level", "level", "load", "load", "info", "wild")}{Matchers()}{Modifiers()}";

    private string Scalar(int depth) => depth <= 0 ? OneOf("1", "-2.5", "0x1F", "1e3", ".5", "Inf", "NaN", "0") : random.Next(8) switch
    {
        0 => "time()",
        1 => $"scalar({OneOf("level{host=\"a\",zone=\"east\"}", "level", "nothing", "sum(level)")})",
        2 => $"-{Scalar(depth - 1)} ^ 2",
        3 => $"(2 ^ {OneOf("3", "0.5")} ^ 2 % 5)",
        4 => $"({Scalar(depth - 1)} {OneOf(Comparisons)} bool {Scalar(depth - 1)})",
        5 => $"({Scalar(depth - 1)} {OneOf("+", "-", "*", "/", "^", "atan2")} {Scalar(depth - 1)})",
        6 => "pi()",
        _ => Scalar(0),
    };

    private string AnyRange(int depth) =>
        depth > 1 && !_isInSubquery && random.Next(3) == 0 ? Subquery(depth - 1) : Range(OneOf("level", "load", "requests"), "5m", "45s", "1m30s", "12m");

    private string Subquery(int depth)
    {
        _isInSubquery = true;
        var inner = Exact(depth);
        _isInSubquery = false;
        return $"({inner})[{OneOf("5m", "10m", "3m")}:{OneOf("30s", "1m", "7s", "")}]{Modifiers()}";
    }

    private string Range(string name, params string[] ranges) => $"{name}{Matchers()}[{OneOf(ranges)}]{Modifiers()}";

    private string Buckets() => random.Next(4) switch
    {
        0 => "latency_bucket",
        1 => $"rate({Range("latency_bucket", "5m", "2m")})",
        2 => "sum by (le) (rate(latency_bucket{host!=\"c\"}[5m]))",
        _ => "sum by (host, le) (increase(latency_bucket[10m]))",
    };

    private string Matchers() => random.Next(4) > 0 ? "" : "{" + OneOf(
        "host=\"a\"", "host!=\"a\"", "host=~\"a|c\"", "host!~\"[ab]\"", "zone=\"east\",host=~\".+\"", "zone=\"\"", "code=~\"5..\"", "host=\"z\"", "zone!=\"west\",zone!=\"\"", "host=\"a\",host!=\"b\"",
        "host=~\"a\",zone=\"east\"") + "}";

    private string Modifiers() => random.Next(8) switch
    {
        0 => $" offset {OneOf("1m", "7m30s", "90s")}",
        1 => " offset -2m",
        2 => $" @ {OneOf("1767227000.25", "1767228000.25")}",
        3 => $" @ {OneOf("start()", "end()")} offset 3m",
        _ => "",
    };

    private string Aggregation(string name, string operand) => random.Next(2) == 0 ? $"{name}{By()}({operand})" : $"{name}({operand}){By()}";

    private string By() => random.Next(3) switch { 0 => "", 1 => $" by ({SomeLabels()}) ", _ => $" without ({SomeLabels()}) " };

    private string Matching()
    {
        var matching = random.Next(5) switch { 0 => "", 1 => "on(host) ", 2 => "on(host, zone) ", 3 => $"ignoring({SomeLabels()}) ", _ => "ignoring(code, team, path, le) " };
        if (matching.Length == 0 || random.Next(2) == 0) return matching;
        return matching + (random.Next(3) switch { 0 => "group_left() ", 1 => "group_right() ", _ => "group_left(team) " });
    }

    private string SetMatching() => random.Next(3) switch { 0 => "", 1 => $"on({SomeLabels()}) ", _ => $"ignoring({SomeLabels()}) " };

    private string Relabelled(string vector) => random.Next(5) switch
    {
        0 => $"label_replace({vector}, \"zone\", \"$1-x\", \"host\", \"(a|b)\")",
        1 => $"label_replace({vector}, \"site\", \"${{1}}$2$$\", \"zone\", \"(.)(.*)\")",
        2 => $"label_replace({vector}, \"host\", \"\", \"host\", \".*\")",
        3 => $"label_join({vector}, \"both\", \"-\", \"host\", \"zone\")",
        _ => $"label_replace({vector}, \"site\", \"$1x$3\", \"path\", \"/(.*)/.*\")",
    };

    private string SomeLabels() => string.Join(", ", Labels.Where(_ => random.Next(3) == 0));

    private string OneOf(params string[] texts) => texts[random.Next(texts.Length)];
}
