using System.Text;
using System.Text.Json;
using Weir.Engine;
using Weir.Engine.Ingest;
using Weir.Engine.Series;
using Weir.Server.Ingest;

namespace Weir.Bench.Live;

/// <summary>From the bytes of a request to points in the engine, on one core, against reading each line as a document.</summary>
internal static class JsonIngest
{
    private const int Lines = 100_000;
    private const int SeriesCount = 1_000;

    public static Task RunAsync(Run run)
    {
        var body = Body();
        var decoder = new JsonPointDecoder();
        var seconds = Engine.Rounds.Interleaved(run.Rounds,
        [
            ("ours", () => Decode(decoder, body)),
            ("documents", () => ReadDocuments(body)),
        ]);
        run.Add(new Measurement("JSON ingest, one core, body to engine", "million points/s", Lines / seconds["ours"] / 1e6)
        {
            Note = $"{Lines:#,0} lines of one point with two labels, {SeriesCount:#,0} series. The engine takes its rounds on the same thread, and that counts on both sides; the peer reads each line with System.Text.Json's JsonDocument, makes the key and appends.",
        }.Against("a JsonDocument a line", Lines / seconds["documents"] / 1e6));
        run.Add(new Measurement("JSON ingest, allocated", "bytes a point", AllocatedByDecoding(decoder, body)) { Note = "The decoder alone, all series known." }.AtMost(0));
        return Task.CompletedTask;
    }

    private static byte[] Body()
    {
        var text = new StringBuilder();
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        for (var i = 0; i < Lines; i++)
        {
            text.Append($$$"""{"name":"http.requests","labels":{"host":"host-{{{i % SeriesCount}}}","region":"eu"},"time":{{{now + i / SeriesCount}}},"value":{{{i % 977}}}.25}""").Append('\n');
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Decode(JsonPointDecoder decoder, byte[] body)
    {
        using var engine = new TimeSeriesEngine();
        var result = new IngestResult();
        decoder.Decode(body, new RoundTaker(engine), result);
        Require(engine, result.Accepted);
    }

    private static void ReadDocuments(byte[] body)
    {
        using var engine = new TimeSeriesEngine();
        var taken = 0L;
        for (var at = 0; at < body.Length;)
        {
            var end = at + body.AsSpan(at).IndexOf((byte)'\n');
            using var document = JsonDocument.Parse(body.AsMemory(at, end - at));
            var point = document.RootElement;
            var labels = point.GetProperty("labels").EnumerateObject().Select(label => new Label(label.Name, label.Value.GetString()!)).ToArray();
            var series = engine.Resolve(new SeriesKey(point.GetProperty("name").GetString()!, labels));
            engine.Append(series, point.GetProperty("time").GetInt64() * 1_000_000, point.GetProperty("value").GetDouble());
            if (++taken % IngestBatch.PointsMax == 0) engine.RunRound();
            at = end + 1;
        }
        Require(engine, taken);
    }

    private static double AllocatedByDecoding(JsonPointDecoder decoder, byte[] body)
    {
        var (sink, result) = (new Nowhere(), new IngestResult());
        decoder.Decode(body, sink, result);
        var before = GC.GetAllocatedBytesForCurrentThread();
        decoder.Decode(body, sink, result);
        return (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Lines;
    }

    private static void Require(TimeSeriesEngine engine, long taken)
    {
        engine.RunRound();
        if (taken != Lines || engine.Counters.Appended != Lines) throw new InvalidOperationException($"{engine.Counters.Appended} of {Lines} points arrived.");
    }

    /// <summary>The engine, with a round after each batch.</summary>
    private sealed class RoundTaker(TimeSeriesEngine engine) : IPointSink
    {
        public void Take(IngestBatch batch, IngestResult result)
        {
            engine.Take(batch, result);
            engine.RunRound();
        }
    }

    private sealed class Nowhere : IPointSink
    {
        public void Take(IngestBatch batch, IngestResult result) => result.Accept(batch.Count);
    }
}
