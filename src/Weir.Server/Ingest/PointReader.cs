using System.Text.Json;
using Weir.Engine;
using Weir.Engine.Ingest;
using Weir.Engine.Series;
using Weir.Engine.Time;

namespace Weir.Server.Ingest;

/// <summary>What became of an ingest request.</summary>
internal sealed class IngestResult
{
    public const int ErrorsMax = 100;

    public int Accepted { get; set; }

    public int Rejected { get; private set; }

    /// <summary>Points that were sound but found no room.</summary>
    public int NoRoom { get; set; }

    /// <summary>The first 100; line counts from 1, and for a JSON array it is the element.</summary>
    public List<(int Line, string Message)> Errors { get; } = [];

    public void Reject(int line, string message)
    {
        Rejected++;
        if (Errors.Count < ErrorsMax) Errors.Add((line, message));
    }
}

/// <summary>
/// Reads points in JSON: one object, an array of them, or one a line. <c>{"name":"cpu","labels":{"core":"0"},"time":1732147200000,"value":75}</c>, or
/// many of one series at once with <c>"points":[[time,value],…]</c>. Without a time it is now. What cannot be read is reported with its line
/// and loses none of its neighbours.
/// </summary>
internal sealed class PointReader(TimeSeriesEngine engine)
{
    private const int PointsMax = 1_000_000;
    private readonly List<long> _times = [];
    private readonly List<double> _values = [];

    public IngestResult Result { get; } = new();

    public void ReadLines(ReadOnlyMemory<byte> body)
    {
        var line = 0;
        body = WithoutMark(body);
        while (!body.IsEmpty)
        {
            line++;
            var end = body.Span.IndexOf((byte)'\n');
            var text = end < 0 ? body : body[..end];
            body = end < 0 ? default : body[(end + 1)..];
            if (!text.Span.Trim(" \t\r"u8).IsEmpty) ReadText(text, line);
        }
    }

    /// <summary>Reads a whole body: JSON when it parses as one document, else lines.</summary>
    public void ReadAny(ReadOnlyMemory<byte> body)
    {
        body = WithoutMark(body);
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Array)
            {
                ReadPoint(document.RootElement, 1);
                return;
            }
            var line = 0;
            foreach (var element in document.RootElement.EnumerateArray()) ReadPoint(element, ++line);
        }
        catch (JsonException)
        {
            ReadLines(body);
        }
    }

    /// <summary>A byte order mark, which editors and PowerShell put before UTF-8, is no part of JSON.</summary>
    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) => body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;

    private void ReadText(ReadOnlyMemory<byte> text, int line)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            ReadPoint(document.RootElement, line);
        }
        catch (JsonException e)
        {
            Result.Reject(line, $"not JSON: {e.Message}");
        }
    }

    private void ReadPoint(JsonElement point, int line)
    {
        try
        {
            if (point.ValueKind != JsonValueKind.Object) throw new FormatException("a point is an object such as {\"name\":\"cpu\",\"value\":75}");
            _times.Clear();
            _values.Clear();
            var key = ReadKey(point);
            if (point.TryGetProperty("points", out var points)) ReadPoints(points);
            else ReadSingle(point);
            Send(engine.Resolve(key));
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            Result.Reject(line, e.Message);
        }
    }

    private void Send(TimeSeries series)
    {
        // What does not fit is refused, so that the sender is told to come again; nothing is lost in silence. After the first that did not fit nothing
        // is taken any more: the sender knows where to go on, and does not wait once for each point.
        var taken = Result.NoRoom > 0 ? 0 : engine.Append(series, _times.ToArray(), _values.ToArray(), LossPolicy.Block(TimeSpan.FromMilliseconds(200)));
        Result.Accepted += taken;
        Result.NoRoom += _times.Count - taken;
    }

    private static SeriesKey ReadKey(JsonElement point)
    {
        if (!point.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String) throw new FormatException("\"name\" is missing: the series to add to");
        var labels = new List<Label>();
        if (point.TryGetProperty("labels", out var given) && given.ValueKind != JsonValueKind.Null)
        {
            if (given.ValueKind != JsonValueKind.Object) throw new FormatException("\"labels\" is an object such as {\"core\":\"0\"}");
            foreach (var label in given.EnumerateObject())
            {
                labels.Add(new Label(label.Name, label.Value.ValueKind == JsonValueKind.String ? label.Value.GetString()! : label.Value.GetRawText()));
            }
        }
        return new SeriesKey(name.GetString()!, labels.ToArray());
    }

    private void ReadSingle(JsonElement point)
    {
        if (!point.TryGetProperty("value", out var value)) throw new FormatException("\"value\" is missing: a number, null for a gap, \"+Inf\" or \"-Inf\"");
        _times.Add(point.TryGetProperty("time", out var time) ? ReadTime(time) : engine.NextTime());
        _values.Add(ReadValue(value));
    }

    private void ReadPoints(JsonElement points)
    {
        if (points.ValueKind != JsonValueKind.Array || points.GetArrayLength() > PointsMax) throw new FormatException($"\"points\" is a list of at most {PointsMax} [time, value] pairs");
        foreach (var pair in points.EnumerateArray())
        {
            if (pair.ValueKind != JsonValueKind.Array || pair.GetArrayLength() != 2) throw new FormatException($"an entry of \"points\" is a [time, value] pair; this is {pair.GetRawText()}");
            _times.Add(ReadTime(pair[0]));
            _values.Add(ReadValue(pair[1]));
        }
    }

    private static long ReadTime(JsonElement time) =>
        time.ValueKind == JsonValueKind.Number && time.TryGetDouble(out var milliseconds) && Math.Abs(milliseconds) <= UnixTime.MillisecondsMax
            ? UnixTime.FromMilliseconds(milliseconds)
            : throw new FormatException($"\"time\" is in Unix milliseconds, such as 1732147200000; given was {time.GetRawText()}");

    private static double ReadValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDouble(out var number) => number,
        JsonValueKind.Null => double.NaN,
        JsonValueKind.String when value.GetString() is "+Inf" or "Inf" => double.PositiveInfinity,
        JsonValueKind.String when value.GetString() is "-Inf" => double.NegativeInfinity,
        JsonValueKind.String when value.GetString() is "NaN" => double.NaN,
        _ => throw new FormatException($"\"value\" is a number, null, \"+Inf\" or \"-Inf\"; given was {value.GetRawText()}"),
    };
}
