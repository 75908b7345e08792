using System.Globalization;
using System.Text.Json;
using Weir.Engine.Queries;
using Weir.Engine.Series;

namespace Weir.Bench.Engine.Peers;

/// <summary>Asks a server that answers queries as Prometheus does.</summary>
internal sealed class QueryClient(HttpClient http)
{
    public Task<QueryResult> InstantAsync(string query, long time) =>
        AskAsync("query", new() { ["query"] = query, ["time"] = Seconds(time) });

    public Task<QueryResult> RangeAsync(string query, long start, long end, long step) =>
        AskAsync("query_range", new() { ["query"] = query, ["start"] = Seconds(start), ["end"] = Seconds(end), ["step"] = Seconds(step) });

    /// <summary>The bytes of an answer, for those who only want to know how long it takes.</summary>
    public Task<byte[]> RangeBytesAsync(string query, long start, long end, long step) =>
        http.GetByteArrayAsync($"/api/v1/query_range?query={Uri.EscapeDataString(query)}&start={Seconds(start)}&end={Seconds(end)}&step={Seconds(step)}");

    /// <exception cref="QueryException">What Prometheus says against the query.</exception>
    private async Task<QueryResult> AskAsync(string what, Dictionary<string, string> parameters)
    {
        using var content = new FormUrlEncodedContent(parameters);
        using var answer = await http.PostAsync("/api/v1/" + what, content);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStreamAsync());
        if (!answer.IsSuccessStatusCode) throw new QueryException(json.RootElement.GetProperty("error").GetString()!) { IsExecution = json.RootElement.GetProperty("errorType").GetString() == "execution" };
        var data = json.RootElement.GetProperty("data");
        var result = data.GetProperty("result");
        return data.GetProperty("resultType").GetString() switch
        {
            "scalar" => new(QueryResultKind.Scalar, [Series(QueryLabels.None, [result])]),
            "vector" => new(QueryResultKind.Vector, [.. result.EnumerateArray().Select(one => Series(Labels(one), [one.GetProperty("value")]))]),
            "matrix" => new(QueryResultKind.Matrix, [.. result.EnumerateArray().Select(one => Series(Labels(one), one.GetProperty("values").EnumerateArray()))]),
            var other => throw new InvalidOperationException($"Prometheus answers with a {other}."),
        };
    }

    private static QueryLabels Labels(JsonElement series) =>
        QueryLabels.Of(series.GetProperty("metric").EnumerateObject().Select(label => new Label(label.Name, label.Value.GetString()!)));

    private static QuerySeries Series(QueryLabels labels, IEnumerable<JsonElement> points)
    {
        var read = points.Select(point => ((long)Math.Round(point[0].GetDouble() * 1000) * 1_000_000, Number(point[1].GetString()!))).ToArray();
        return new(labels, [.. read.Select(point => point.Item1)], [.. read.Select(point => point.Item2)]);
    }

    private static double Number(string text) => text switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };

    private static string Seconds(long nanoseconds) => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1_000_000_000}.{nanoseconds / 1_000_000 % 1000:000}");
}
