using System.Text;
using System.Text.Json;
using Weir.Engine.Ingest;
using Weir.Engine.Series;
using Weir.Engine.Time;

namespace Weir.Server.Ingest;

/// <summary>
/// Reads points in JSON into batches for a sink: objects one after another or one a line, or an array of them.
/// <c>{"name":"cpu","labels":{"core":"0"},"time":1732147200000,"value":75}</c>, or many of one series at once with
/// <c>"points":[[time,value],…]</c>. Without a time it is now. What cannot be read is reported with its line and loses none of its neighbours.
/// A decoder may be used again and remembers the series it has seen; a known series costs no allocation. Not for several threads at once.
/// </summary>
internal sealed class JsonPointDecoder
{
    /// <summary>Points of one series in one object.</summary>
    public const int PointsMax = 1_000_000;

    private static readonly JsonReaderOptions Options = new() { AllowMultipleValues = true };

    private readonly IngestBatch _batch = new();
    private readonly JsonSeriesKeys _keys = new();
    private IPointSink _sink = null!;
    private IngestResult _result = null!;

    /// <summary>Reads a whole body.</summary>
    public void Decode(ReadOnlySpan<byte> body, IPointSink sink, IngestResult result)
    {
        (_sink, _result) = (sink, result);
        _batch.Clear();
        // A byte order mark, which editors and PowerShell put before UTF-8, is no part of JSON.
        if (body.StartsWith("\uFEFF"u8)) body = body[3..];
        var (line, at) = (1, 0);
        while (true)
        {
            at = SkipSpace(body, at, ref line);
            if (at == body.Length) break;
            var end = body[at] == '[' ? ReadArray(body[at..]) : ReadLine(body[at..], line);
            line += body.Slice(at, end).Count((byte)'\n');
            at += end;
        }
        Flush();
        (_sink, _result) = (null!, null!);
    }

    private static int SkipSpace(ReadOnlySpan<byte> body, int at, ref int line)
    {
        for (; at < body.Length && body[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'; at++)
        {
            if (body[at] == '\n') line++;
        }
        return at;
    }

    /// <summary>
    /// Reads one object, which may stretch over lines. Returns the bytes it took. After one that is broken the next line goes on: of lines that
    /// were cut, the next one is whole.
    /// </summary>
    private int ReadLine(ReadOnlySpan<byte> text, int line)
    {
        var reader = new Utf8JsonReader(text, isFinalBlock: true, new JsonReaderState(Options));
        try
        {
            reader.Read();
            ReadPoint(ref reader, text, line);
            return (int)reader.BytesConsumed;
        }
        catch (JsonException e)
        {
            _result.Reject(line, $"not JSON: {PlainMessage(e)}");
            var end = text.IndexOf((byte)'\n');
            return end < 0 ? text.Length : end;
        }
    }

    private int ReadArray(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, isFinalBlock: true, new JsonReaderState(Options));
        var element = 0;
        try
        {
            reader.Read();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) ReadPoint(ref reader, text, ++element);
            return (int)reader.BytesConsumed;
        }
        catch (JsonException e)
        {
            // What stands after it cannot be told apart any more; what stood before it is kept.
            _result.Reject(element, $"not JSON, and the rest of the array was not read: {PlainMessage(e)}");
            return text.Length;
        }
    }

    /// <summary>Reads the value that the reader stands on, to its end, whatever it is.</summary>
    /// <exception cref="JsonException">The JSON is broken.</exception>
    private void ReadPoint(ref Utf8JsonReader reader, ReadOnlySpan<byte> text, int position)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            _result.Reject(position, "a point is an object such as {\"name\":\"cpu\",\"value\":75}");
            return;
        }
        var fields = default(Fields);
        // Found first and read after: "points" may stand before "name", and nothing is taken of an object that is broken further on.
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var field = reader.ValueTextEquals("name"u8) ? 1 : reader.ValueTextEquals("labels"u8) ? 2 : reader.ValueTextEquals("time"u8) ? 3
                : reader.ValueTextEquals("value"u8) ? 4 : reader.ValueTextEquals("points"u8) ? 5 : 0;
            reader.Read();
            var (from, type) = ((int)reader.TokenStartIndex, reader.TokenType);
            reader.Skip();
            var range = new Field(from, (int)reader.BytesConsumed, type);
            switch (field)
            {
                case 1: fields.Name = range; break;
                case 2: fields.Labels = range; break;
                case 3: fields.Time = range; break;
                case 4: fields.Value = range; break;
                case 5: fields.Points = range; break;
            }
        }
        try
        {
            Take(fields, text, position);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            _result.Reject(position, e.Message);
        }
    }

    private void Take(in Fields fields, ReadOnlySpan<byte> text, int position)
    {
        if (fields.Name.Type != JsonTokenType.String) throw new FormatException("\"name\" is missing: the series to add to");
        if (fields.Labels.Type is not (JsonTokenType.None or JsonTokenType.Null or JsonTokenType.StartObject))
        {
            throw new FormatException("\"labels\" is an object such as {\"core\":\"0\"}");
        }
        var labels = fields.Labels.Type == JsonTokenType.StartObject ? fields.Labels.Of(text) : default;
        var key = _keys.Resolve(fields.Name.Of(text), labels);
        if (fields.Points.IsThere)
        {
            TakePoints(key, fields.Points.Of(text), position);
            return;
        }
        if (!fields.Value.IsThere) throw new FormatException("\"value\" is missing: a number, null for a gap, \"+Inf\" or \"-Inf\"");
        var time = fields.Time.Type is JsonTokenType.None or JsonTokenType.Null ? IngestBatch.TimeOfArrival : ReadTime(fields.Time.Of(text));
        Add(key, time, ReadValue(fields.Value.Of(text)), position);
    }

    private void TakePoints(SeriesKey key, ReadOnlySpan<byte> points, int position)
    {
        // Read once to see that all of it is sound and once to take it, so that an object is taken whole or not at all.
        foreach (var take in (ReadOnlySpan<bool>)[false, true])
        {
            var reader = new Utf8JsonReader(points);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray) throw new FormatException($"\"points\" is a list of at most {PointsMax} [time, value] pairs");
            for (var count = 1; reader.Read() && reader.TokenType != JsonTokenType.EndArray; count++)
            {
                if (count > PointsMax) throw new FormatException($"\"points\" is a list of at most {PointsMax} [time, value] pairs");
                var (time, value) = ReadPair(ref reader, points);
                if (take) Add(key, time, value, position);
            }
        }
    }

    private static (long Time, double Value) ReadPair(ref Utf8JsonReader reader, ReadOnlySpan<byte> points)
    {
        var from = (int)reader.TokenStartIndex;
        if (reader.TokenType == JsonTokenType.StartArray && reader.Read() && reader.TokenType is JsonTokenType.Number or JsonTokenType.String)
        {
            var time = ReadTime(Token(ref reader, points));
            if (reader.Read() && reader.TokenType is JsonTokenType.Number or JsonTokenType.String or JsonTokenType.Null)
            {
                var value = ReadValue(Token(ref reader, points));
                if (reader.Read() && reader.TokenType == JsonTokenType.EndArray) return (time, value);
            }
        }
        reader.Skip();
        throw new FormatException($"an entry of \"points\" is a [time, value] pair; this is {Shown(points[from..(int)reader.BytesConsumed])}");
    }

    private static ReadOnlySpan<byte> Token(ref Utf8JsonReader reader, ReadOnlySpan<byte> text) => text[(int)reader.TokenStartIndex..(int)reader.BytesConsumed];

    private void Add(SeriesKey key, long time, double value, int position)
    {
        if (_batch.IsFull) Flush();
        _batch.Add(key, time, value, position);
    }

    private void Flush()
    {
        if (_batch.Count > 0) _sink.Take(_batch, _result);
        _batch.Clear();
    }

    /// <summary>A Unix time, whose size tells its unit, or a date and time as text.</summary>
    private static long ReadTime(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number)
        {
            if (EventTime.TryFromNumber(json, out var time)) return time;
            // Too small for its size to tell a unit: milliseconds, as documented.
            if (reader.TryGetDouble(out var milliseconds) && Math.Abs(milliseconds) < 1e8) return UnixTime.FromMilliseconds(milliseconds);
        }
        if (reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && EventTime.TryParseDate(reader.ValueSpan, out var date)) return date;
        throw new FormatException(
            "\"time\" is a Unix time in milliseconds (1732147200000), seconds, microseconds or nanoseconds, or an ISO date and time "
            + $"(\"2026-11-29T19:18:01Z\") of the years 1678 to 2261; given was {Shown(json)}");
    }

    private static double ReadValue(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.Number when reader.TryGetDouble(out var number): return number;
            case JsonTokenType.Null: return double.NaN;
            case JsonTokenType.String when reader.ValueTextEquals("+Inf"u8) || reader.ValueTextEquals("Inf"u8): return double.PositiveInfinity;
            case JsonTokenType.String when reader.ValueTextEquals("-Inf"u8): return double.NegativeInfinity;
            case JsonTokenType.String when reader.ValueTextEquals("NaN"u8): return double.NaN;
            default: throw new FormatException($"\"value\" is a number, null, \"+Inf\" or \"-Inf\"; given was {Shown(json)}");
        }
    }

    private static string Shown(ReadOnlySpan<byte> json) => Encoding.UTF8.GetString(json.Length <= 100 ? json : json[..100]) + (json.Length <= 100 ? "" : "…");

    /// <summary>What is wrong, without the reader's own line and byte: those count from the object on.</summary>
    private static string PlainMessage(JsonException e) => e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal) is > 0 and var cut ? e.Message[..cut] : e.Message;

    /// <summary>Where a value stands in the text, and what it begins with.</summary>
    private readonly record struct Field(int From, int To, JsonTokenType Type)
    {
        public bool IsThere => Type != JsonTokenType.None;

        public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> text) => text[From..To];
    }

    private struct Fields
    {
        public Field Name, Labels, Time, Value, Points;
    }
}
