using System.Text;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Queries;

/// <summary>Queries that may mean something or nothing: runs of pieces, and those of the golden scripts, cut and mangled.</summary>
internal static class QueryTexts
{
    private static readonly string[] Pieces =
    [
        "cpu", "orders.*", "sum", "by", "without", "rate", "topk", "quantile", "histogram_quantile", "label_replace", "clamp", "round", "time", "(", "(", "(", ")", ")", ")",
        "{", "}", "[", "]", "[5m]", ",", "=", "!=", "=~", "!~", "==", "<=", ">", "+", "-", "*", "/", "%", "^", "and", "or", "unless", "bool", "on", "ignoring", "group_left", "group_right",
        "offset", "5m", "1h30m", ".1h", "1.5m", "1", "0.5", "1e3", "1e", "Inf", "NaN", "\"a\"", "'b'", "`c`", "\"", "\\", "#", "\n", " ", "@", ":", "é", "\0", "(a+)+b", "host", "job=\"api\"", "{host=~\"a|b\"}", "9999999999y", "..", ".",
        "count_values", "label_join", "timestamp", "minute", "SUM", "OFFSET", "[5m:1m]", "[5m:]", "[1m:7s] offset 1m", "@ start()", "@ end()", "@ 60", "0x1F", "0x", "\"\\x41\"", "\"\\u", "rate(total[1m])", "level[1m]", "level", "other",
    ];

    public static string[] Golden { get; } = Repository.Files("tests/golden/promql").Where(file => file.EndsWith(".txt", StringComparison.Ordinal)).SelectMany(file => Repository.Read(file).Split('\n'))
        .Where(line => line.StartsWith("eval", StringComparison.Ordinal)).Select(line => line[(line.IndexOf(": ", StringComparison.Ordinal) + 2)..]).ToArray();

    public static string Pieced(Random random)
    {
        var query = new StringBuilder();
        for (var n = random.Next(24); n >= 0; n--) query.Append(Pieces[random.Next(Pieces.Length)]).Append(random.Next(3) == 0 ? "" : " ");
        return query.ToString();
    }

    /// <summary>A query cut, with one character changed, or with the end of another; or one expression put in the place of a name.</summary>
    public static string Mangled(Random random, string query)
    {
        var other = Golden[random.Next(Golden.Length)];
        switch (random.Next(6))
        {
            case 0:
                return query[..random.Next(query.Length)];
            case 1:
                return query[random.Next(query.Length)..];
            case 2:
                var letters = query.ToCharArray();
                letters[random.Next(letters.Length)] = (char)random.Next(128);
                return new string(letters);
            case 3:
                return query[..random.Next(query.Length)] + other[random.Next(other.Length)..];
            case 4:
                var name = query.IndexOfAny([.. "abcdefghijklmnopqrstuvwxyz"]);
                return name < 0 ? query : $"{query[..name]}({other}){query[(name + 1)..]}";
            default:
                return $"({query}) {OneOf(random, "+", "/ on(host) group_left", "and", "or", "> bool", "unless on()", "^", "== ignoring(host)")} ({other})";
        }
    }

    private static string OneOf(Random random, params string[] texts) => texts[random.Next(texts.Length)];
}
