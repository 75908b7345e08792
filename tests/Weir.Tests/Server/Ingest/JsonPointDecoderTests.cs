using System.Text;
using System.Text.Json;
using Weir.Engine.Ingest;
using Weir.Engine.Series;
using Weir.Server.Ingest;
using Weir.Tests.Data;

namespace Weir.Tests.Server.Ingest;

public sealed class JsonPointDecoderTests
{
    [Theory]
    [InlineData("""{"name":"a","time":1732147200000,"value":1}""", "a 1732147200000 1")]
    [InlineData("""{"value":1,"time":1732147200000,"labels":{"b":"2","c":3},"name":"a"}""", """a{b="2",c="3"} 1732147200000 1""")]
    [InlineData("""{"points":[[1732147200000,1],[1732147201000,null]],"name":"a"}""", "a 1732147200000 1 | a 1732147201000 NaN")]
    [InlineData("""[{"name":"a","time":1732147200000,"value":"+Inf"},{"name":"b","time":1732147200000,"value":"-Inf"}]""", "a 1732147200000 Infinity | b 1732147200000 -Infinity")]
    [InlineData("{\n  \"name\": \"a\",\n  \"time\": 1732147200000,\n  \"value\": 2\n}\n{\"name\":\"a\",\"time\":1732147201000,\"value\":3}", "a 1732147200000 2 | a 1732147201000 3")]
    [InlineData("""{"name":"a","labels":{"empty":"","nothing":null,"yes":true},"time":1732147200000,"value":1}""", """a{yes="true"} 1732147200000 1""")]
    [InlineData("""{"name":"a","labels":null,"more":{"x":[1,{"y":2}]},"time":1732147200000,"value":1}""", "a 1732147200000 1")]
    [InlineData("""{"name":"\u0061","time":1732147200000,"value":1}""", "a 1732147200000 1")]
    public void Points_are_read_in_all_their_forms(string json, string expected)
    {
        var (sink, result) = Decode(json);
        Assert.Empty(result.Errors);
        Assert.Equal(expected, sink.Text);
    }

    [Theory]
    [InlineData("1732147200", "1732147200000")]
    [InlineData("1732147200.25", "1732147200250")]
    [InlineData("1732147200123456", "1732147200123.456")]
    [InlineData("1732147200123456789", "1732147200123.456789")]
    [InlineData("-1732147200000", "-1732147200000")]
    [InlineData("\"2024-11-21T00:00:00Z\"", "1732147200000")]
    [InlineData("\"2024-11-21T01:00:00.5+01:00\"", "1732147200500")]
    [InlineData("\"2024-11-21\"", "1732147200000")]
    [InlineData("1000", "1000")]
    public void Time_is_told_by_its_size_or_read_as_a_date(string time, string milliseconds) =>
        Assert.Equal($"a {milliseconds} 1", Decode($$"""{"name":"a","time":{{time}},"value":1}""").Sink.Text);

    [Theory]
    [InlineData("5", "a point is an object")]
    [InlineData("""{"value":1}""", "\"name\" is missing")]
    [InlineData("""{"name":7,"value":1}""", "\"name\" is missing")]
    [InlineData("""{"name":"a"}""", "\"value\" is missing")]
    [InlineData("""{"name":"a","value":"much"}""", "\"value\" is a number")]
    [InlineData("""{"name":"a","value":{"deep":[1,2]}}""", "\"value\" is a number")]
    [InlineData("""{"name":"a","time":"noon","value":1}""", "\"time\" is a Unix time")]
    [InlineData("""{"name":"a","time":1e300,"value":1}""", "\"time\" is a Unix time")]
    [InlineData("""{"name":"a","labels":["x"],"value":1}""", "\"labels\" is an object")]
    [InlineData("""{"name":"a","labels":{"x":{}},"value":1}""", "label \"x\" is a list or an object")]
    [InlineData("""{"name":"a","points":[[1,2],[3]]}""", "an entry of \"points\"")]
    [InlineData("""{"name":"a","points":[[1,2],[3,{"a":1}]]}""", "an entry of \"points\"")]
    [InlineData("""{"name":"a","points":{"x":1}}""", "\"points\" is a list")]
    [InlineData("""{"name":"a b\"c","value":1}""", "series name")]
    [InlineData("{\"name\":\"\\ud800\",\"value\":1}", "not Unicode")]
    [InlineData("{\"name\":\"a\",\"value\":1", "not JSON")]
    public void What_cannot_be_read_is_rejected_with_its_line_and_loses_no_neighbour(string line, string message)
    {
        var good = """{"name":"n","time":1732147200000,"value":1}""";
        var (sink, result) = Decode($"{good}\n\n{line}\r\n{good}");
        Assert.Equal("n 1732147200000 1 | n 1732147200000 1", sink.Text);
        var error = Assert.Single(result.Errors);
        Assert.Equal(3, error.Position);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Array_that_breaks_keeps_what_stood_before_and_says_that_the_rest_was_not_read()
    {
        var (sink, result) = Decode("""[{"name":"a","time":1732147200000,"value":1},{"name":"b",]""");
        Assert.Equal("a 1732147200000 1", sink.Text);
        Assert.Contains("the rest of the array was not read", Assert.Single(result.Errors).Message, StringComparison.Ordinal);
        Assert.Equal(2, result.Errors[0].Position);
    }

    [Fact]
    public void Errors_over_the_limit_are_counted_only()
    {
        var (_, result) = Decode(string.Join('\n', Enumerable.Repeat("5", IngestResult.ErrorsMax + 10)));
        Assert.Equal((IngestResult.ErrorsMax + 10, IngestResult.ErrorsMax), (result.Rejected, result.Errors.Count));
    }

    [Fact]
    public void Points_over_the_limit_of_an_object_are_refused_whole()
    {
        var pairs = string.Join(',', Enumerable.Repeat("[1,2]", JsonPointDecoder.PointsMax + 1));
        var (sink, result) = Decode($$"""{"name":"a","points":[{{pairs}}]}""");
        Assert.Equal((0, 1), (sink.Count, result.Rejected));
    }

    [Fact]
    public void Known_series_cost_no_allocation()
    {
        var body = new StringBuilder();
        for (var i = 0; i < 20_000; i++) body.Append($$"""{"name":"cpu","labels":{"core":"{{i % 500}}"},"time":{{1732147200000 + i}},"value":{{i}}.5}""").Append('\n');
        var utf8 = Encoding.UTF8.GetBytes(body.ToString());
        var (decoder, sink, result) = (new JsonPointDecoder(), new CountingSink(), new IngestResult());
        decoder.Decode(utf8, sink, result);
        Assert.Equal(0, Allocations.OfLeanest(() => decoder.Decode(utf8, sink, result)));
        Assert.Equal(0, result.Rejected);
    }

    [Fact]
    public void Remembered_series_are_bounded_by_number_and_bytes()
    {
        var keys = new JsonSeriesKeys();
        for (var i = 0; i < JsonSeriesKeys.EntriesMax; i++) keys.Resolve(Encoding.UTF8.GetBytes($"\"s{i}\""), default);
        Assert.Equal(JsonSeriesKeys.EntriesMax, keys.Count);
        keys.Resolve("\"one more\""u8, default);
        Assert.Equal(1, keys.Count);

        var label = "{\"l\":\"" + new string('x', SeriesKey.LabelValueLengthMax) + "\"}";
        for (var i = 0; i < JsonSeriesKeys.BytesMax / label.Length + 10; i++)
        {
            keys.Resolve(Encoding.UTF8.GetBytes($"\"t{i}\""), Encoding.UTF8.GetBytes(label));
            Assert.InRange(keys.Count, 1, JsonSeriesKeys.BytesMax / label.Length + 1);
        }
    }

    [Fact]
    public void Decoding_equals_reading_whole_documents() => Property.Holds(200, random =>
    {
        var lines = Enumerable.Range(0, random.Next(1, 60)).Select(_ => RandomLine(random)).ToArray();
        var (sink, _) = Decode(string.Join('\n', lines));
        Assert.Equal(string.Join(" | ", lines.Select(PlainRead).Where(text => text.Length > 0)), sink.Text);
    });

    /// <summary>A point, or now and then half of one.</summary>
    private static string RandomLine(Random random)
    {
        string[] fields =
        [
            $"\"name\":\"s{random.Next(5)}\"", $"\"time\":{1732147200000 + random.Next(1_000_000)}", $"\"value\":{random.Next(100)}.{random.Next(10)}",
            $"\"labels\":{{\"a\":\"{random.Next(3)}\",\"b\":\"é\\n{random.Next(3)}\"}}",
        ];
        random.Shuffle(fields);
        var line = "{" + string.Join(random.Next(2) == 0 ? "," : " , ", fields) + "}";
        return random.Next(8) == 0 ? line[..random.Next(1, line.Length)] : line;
    }

    private static string PlainRead(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var point = document.RootElement;
            var labels = point.GetProperty("labels").EnumerateObject().Select(label => new Label(label.Name, label.Value.GetString()!)).ToArray();
            var key = new SeriesKey(point.GetProperty("name").GetString()!, labels);
            return RecordingSink.Line(key, point.GetProperty("time").GetInt64() * 1_000_000, point.GetProperty("value").GetDouble());
        }
        catch (JsonException)
        {
            return "";
        }
    }

    private static (RecordingSink Sink, IngestResult Result) Decode(string json)
    {
        var (sink, result) = (new RecordingSink(), new IngestResult());
        new JsonPointDecoder().Decode(Encoding.UTF8.GetBytes(json), sink, result);
        return (sink, result);
    }

    private sealed class RecordingSink : IPointSink
    {
        private readonly List<string> _lines = [];

        public string Text => string.Join(" | ", _lines);

        public int Count => _lines.Count;

        public static string Line(SeriesKey key, long time, double value) => FormattableString.Invariant($"{key} {(decimal)time / 1_000_000:0.######} {value}");

        public void Take(IngestBatch batch, IngestResult result)
        {
            for (var i = 0; i < batch.Count; i++) _lines.Add(Line(batch.Keys[i], batch.Times[i], batch.Values[i]));
        }
    }

    private sealed class CountingSink : IPointSink
    {
        public long Count { get; private set; }

        public void Take(IngestBatch batch, IngestResult result) => Count += batch.Count;
    }
}
