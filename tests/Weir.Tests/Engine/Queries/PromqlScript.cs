using System.Globalization;
using Weir.Engine;
using Weir.Engine.Queries;
using Weir.Engine.Series;
using Weir.Engine.Time;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Queries;

/// <summary>Runs the small language of tests/golden/promql; its README says what it looks like.</summary>
internal sealed class PromqlScript(string file) : IDisposable
{
    private TimeSeriesEngine _engine = new(time: new ManualClock());

    public int Count { get; private set; }

    public void Run()
    {
        var lines = Repository.Read(file).Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 0 || lines[i][0] == '#') continue;
            var (head, number) = (lines[i], i + 1);
            var body = new List<string>();
            while (i + 1 < lines.Length && lines[i + 1].StartsWith("  ", StringComparison.Ordinal)) body.Add(lines[++i].Trim());
            try
            {
                RunBlock(head, body);
            }
            catch (Exception e)
            {
                throw new Xunit.Sdk.XunitException($"{file}:{number}: {head}\n{e.Message}", e);
            }
            Count++;
        }
    }

    public void Dispose() => _engine.Dispose();

    private void RunBlock(string head, List<string> body)
    {
        if (head.StartsWith("load ", StringComparison.Ordinal))
        {
            Load(Time(head[5..]), body);
            return;
        }
        var colon = head.IndexOf(": ", StringComparison.Ordinal);
        var (words, query) = (head[..colon].Split(' '), head[(colon + 2)..]);
        if (words[0] == "fail")
        {
            var error = Assert.Throws<QueryException>(() => Ask(words[1..], query));
            Assert.Contains(Assert.Single(body), error.Message, StringComparison.Ordinal);
            return;
        }
        Assert.Equal("eval", words[0]);
        var isOrdered = words[1] == "ordered";
        var result = Ask(words[(isOrdered ? 2 : 1)..], query);
        var expected = body.Select(Row.Parse).ToArray();
        var actual = Rows(result, words.Contains("step") ? Steps(words[^5..]) : null);
        if (!isOrdered)
        {
            expected = [.. expected.OrderBy(row => row.Labels, StringComparer.Ordinal)];
            actual = [.. actual.OrderBy(row => row.Labels, StringComparer.Ordinal)];
        }
        var same = expected.Length == actual.Length && expected.Zip(actual).All(pair => pair.First.Equal(pair.Second));
        Assert.True(same, $"expected:\n  {string.Join("\n  ", expected.Select(r => r.ToString()))}\nactual:\n  {string.Join("\n  ", actual.Select(r => r.ToString()))}");
    }

    private QueryResult Ask(string[] words, string query)
    {
        var queries = new QueryEngine(_engine.Catalog);
        if (words is not [var start, "to", var end, "step", var step]) return queries.Instant(query, Time(words[0]));
        return queries.Range(query, Time(start), Time(end), Time(step));
    }

    private static long[] Steps(string[] words)
    {
        var (start, end, step) = (Time(words[0]), Time(words[2]), Time(words[4]));
        return [.. Enumerable.Range(0, (int)((end - start) / step) + 1).Select(i => start + i * step)];
    }

    private static Row[] Rows(QueryResult result, long[]? steps) => result.Kind switch
    {
        QueryResultKind.Text => [new Row($"\"{result.Text}\"", [])],
        QueryResultKind.Scalar => [new Row("", [(0, result.Series[0].Values[0])])],
        QueryResultKind.Vector => [.. result.Series.Select(series => new Row(series.Labels.ToString(), [(0, Assert.Single(series.Values))]))],
        _ when steps is null => [.. result.Series.Select(series => new Row(series.Labels.ToString(), [.. series.Times.Zip(series.Values)]))],
        _ => [.. result.Series.Select(series => new Row(series.Labels.ToString(), [.. steps.Select(step => (0L, series.Times.ToList().IndexOf(step) is var at && at >= 0 ? series.Values[at] : (double?)null))]))],
    };

    private void Load(long step, List<string> body)
    {
        _engine.Dispose();
        _engine = new TimeSeriesEngine(time: new ManualClock());
        foreach (var line in body)
        {
            var space = line.StartsWith('{') || line.Contains('{') ? line.IndexOf("} ", StringComparison.Ordinal) + 1 : line.IndexOf(' ');
            var series = _engine.Resolve(Key(line[..space]));
            var at = 0L;
            foreach (var value in line[(space + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(Expand))
            {
                if (value is { } given) _engine.Append(series, at, given);
                at += step;
            }
        }
        _engine.RunRound();
    }

    private static SeriesKey Key(string text)
    {
        var brace = text.IndexOf('{');
        if (brace < 0) return new SeriesKey(text);
        var labels = text[(brace + 1)..^1].Split(',').Select(label => new Label(label[..label.IndexOf('=')], label[(label.IndexOf('=') + 2)..^1]));
        return new SeriesKey(text[..brace], labels.ToArray());
    }

    private static IEnumerable<double?> Expand(string text)
    {
        var times = text.IndexOf('x');
        if (times < 0) return [Number(text)];
        var more = int.Parse(text[(times + 1)..], CultureInfo.InvariantCulture);
        var plus = text.IndexOf('+', 1);
        var (start, step) = plus < 0 ? (Number(text[..times]), 0) : (Number(text[..plus]), Number(text[(plus + 1)..times])!.Value);
        return Enumerable.Range(0, more + 1).Select(i => start + i * step);
    }

    private static double? Number(string text) => text switch
    {
        "_" => null,
        "NaN" => double.NaN,
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    private static long Time(string text)
    {
        if (text == "0") return 0;
        var sum = 0L;
        foreach (System.Text.RegularExpressions.Match part in System.Text.RegularExpressions.Regex.Matches(text, "[0-9]+[a-z]+")) sum += Duration.Parse(part.Value).Nanoseconds;
        return sum;
    }

    private sealed record Row(string Labels, (long Time, double? Value)[] Points)
    {
        public static Row Parse(string text)
        {
            if (text.StartsWith('"')) return new(text, []);
            var space = text.Contains('{') ? text.IndexOf('}') + 1 : text.IndexOf(' ');
            if (space < 0) return new("", [(0, Number(text))]);
            var name = text[..space];
            var brace = name.IndexOf('{');
            var labels = QueryLabels.Of(brace < 0 ? [new Label("__name__", name)] :
                from label in name[(brace + 1)..^1].Split(',', StringSplitOptions.RemoveEmptyEntries).Append($"__name__=\"{name[..brace]}\"")
                select new Label(label[..label.IndexOf('=')], label[(label.IndexOf('=') + 2)..^1]));
            return new(labels.ToString(), [.. text[space..].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Point)]);
        }

        public bool Equal(Row other) => Labels == other.Labels && Points.Length == other.Points.Length && Points.Zip(other.Points).All(pair => pair.First.Time == pair.Second.Time && Near(pair.First.Value, pair.Second.Value));

        public override string ToString() => $"{Labels} {string.Join(" ", Points.Select(point => (point.Value?.ToString("R", CultureInfo.InvariantCulture) ?? "_") + (point.Time == 0 ? "" : $"@{point.Time / 1e9}s")))}";

        private static (long, double?) Point(string text) => text.Split('@') is [var value, var time] ? (PromqlScript.Time(time), Number(value)) : (0, Number(text));

        private static bool Near(double? a, double? b) => a.Equals(b) || (a is { } x && b is { } y && Math.Abs(x - y) <= 1e-12 * Math.Abs(x));
    }
}
