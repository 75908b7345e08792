using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Weir.Engine;
using Weir.Engine.Downsampling;
using Weir.Engine.Time;
using Weir.Engine.Views;

namespace Weir.Server.Gateway;

/// <summary>Writes the JSON messages of docs/protocol.md.</summary>
internal static class ServerMessages
{
    public const int ProtocolVersion = 1;
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(5);
    public static readonly string ServerVersion = typeof(ServerMessages).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <summary>Nothing of it is ever pasted into a page; escaping every "µ" would only make it longer and harder to read.</summary>
    public static readonly JsonWriterOptions Options = new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Room in a message for what stands around a document.</summary>
    private const int EnvelopeBytes = 512;

    public static void Hello(MessageBuffer to, string epoch, long now, string id, ReadOnlySpan<byte> dashboard)
    {
        using var json = Begin(to, "hello");
        json.WriteNumber("protocol"u8, ProtocolVersion);
        json.WriteString("server"u8, ServerVersion);
        json.WriteString("epoch"u8, epoch);
        WriteTime(json, "time"u8, now);
        json.WriteNumber("heartbeat"u8, HeartbeatInterval.TotalMilliseconds);
        WriteDocument(json, id, dashboard);
        json.WriteEndObject();
    }

    public static void Dashboard(MessageBuffer to, string id, ReadOnlySpan<byte> dashboard)
    {
        using var json = Begin(to, "dashboard");
        WriteDocument(json, id, dashboard);
        json.WriteEndObject();
    }

    /// <summary>The document, or where it is when it is larger than a message.</summary>
    private static void WriteDocument(Utf8JsonWriter json, string id, ReadOnlySpan<byte> dashboard)
    {
        if (dashboard.Length <= MessageBuffer.BytesMax - EnvelopeBytes)
        {
            json.WritePropertyName("dashboard"u8);
            json.WriteRawValue(dashboard, skipInputValidation: true);
            return;
        }
        json.WriteNull("dashboard"u8);
        json.WriteString("document"u8, "api/v1/dashboards/" + Uri.EscapeDataString(id));
    }

    /// <summary>The points behind pixel columns, each once, in time order.</summary>
    public static void Points(
        MessageBuffer to, string type, ColumnsSubscription subscription, ViewSlot slot, ulong sequence, ReadOnlySpan<Column> columns, long? from)
    {
        using var json = Begin(to, type);
        WriteKey(json, subscription);
        json.WriteString("series"u8, slot.Text);
        json.WriteNumber("slot"u8, slot.Index);
        json.WriteNumber("sequence"u8, sequence);
        if (from is { } start) WriteTime(json, "from"u8, start);
        json.WriteStartArray("data"u8);
        foreach (ref readonly var column in columns)
        {
            WritePoint(json, column.FirstTime, column.First);
            var minIsEarlier = column.MinTime <= column.MaxTime;
            WriteBetween(json, column, minIsEarlier ? column.MinTime : column.MaxTime, minIsEarlier ? column.Min : column.Max);
            if (column.MinTime != column.MaxTime)
            {
                WriteBetween(json, column, minIsEarlier ? column.MaxTime : column.MinTime, minIsEarlier ? column.Max : column.Min);
            }
            if (column.LastTime != column.FirstTime) WritePoint(json, column.LastTime, column.Last);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The window of a table that does not know its columns yet.</summary>
    public static void EmptyWindow(MessageBuffer to, string widget)
    {
        using var json = Begin(to, "window");
        json.WriteString("widget"u8, widget);
        json.WriteNumber("version"u8, 0);
        json.WriteNumber("offset"u8, 0);
        json.WriteNumber("total"u8, 0);
        json.WriteStartArray("columns"u8);
        json.WriteEndArray();
        json.WriteStartArray("rows"u8);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <param name="to">Where to write.</param>
    /// <param name="now">Unix nanoseconds.</param>
    /// <param name="losses">Points that did not reach a series, since the server began.</param>
    /// <param name="conflations">Times this viewer got a catch-up in place of frames.</param>
    public static void Heartbeat(MessageBuffer to, long now, in Losses losses, long conflations)
    {
        using var json = Begin(to, "heartbeat");
        WriteTime(json, "time"u8, now);
        json.WriteStartObject("lost"u8);
        json.WriteNumber("overwritten"u8, losses.Overwritten);
        json.WriteNumber("full"u8, losses.Full);
        json.WriteNumber("late"u8, losses.Late);
        json.WriteNumber("ahead"u8, losses.Ahead);
        json.WriteEndObject();
        json.WriteNumber("conflated"u8, conflations);
        json.WriteEndObject();
    }

    public static void Error(MessageBuffer to, ViewerError error)
    {
        using var json = Begin(to, "error");
        json.WriteString("code"u8, error.Code);
        json.WriteString("message"u8, error.Message);
        if (error.Widget is not null) json.WriteString("widget"u8, error.Widget);
        if (error.RetryAfter is { } retryAfter) json.WriteNumber("retryAfter"u8, retryAfter);
        json.WriteEndObject();
    }

    public static void Bye(MessageBuffer to, DisconnectCode code)
    {
        using var json = Begin(to, "bye");
        json.WriteNumber("code"u8, code.Code);
        json.WriteString("reason"u8, code.Reason);
        json.WriteBoolean("reconnect"u8, code.Reconnect);
        json.WriteEndObject();
    }

    /// <summary>A value as JSON has it: NaN is null, infinities are text.</summary>
    public static void WriteValue(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value)) json.WriteNumberValue(value);
        else if (double.IsNaN(value)) json.WriteNullValue();
        else json.WriteStringValue(value > 0 ? "+Inf" : "-Inf");
    }

    public static Utf8JsonWriter Begin(MessageBuffer to, string type)
    {
        var json = new Utf8JsonWriter(to, Options);
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        return json;
    }

    public static void WriteKey(Utf8JsonWriter json, ColumnsSubscription subscription) =>
        json.WriteString(subscription.IsQuery ? "query"u8 : "widget"u8, subscription.Key);

    private static void WriteBetween(Utf8JsonWriter json, in Column column, long time, double value)
    {
        if (time != column.FirstTime && time != column.LastTime) WritePoint(json, time, value);
    }

    private static void WritePoint(Utf8JsonWriter json, long time, double value)
    {
        json.WriteStartArray();
        WriteTimeValue(json, time);
        WriteValue(json, value);
        json.WriteEndArray();
    }

    public static void WriteTime(Utf8JsonWriter json, ReadOnlySpan<byte> name, long time)
    {
        json.WritePropertyName(name);
        WriteTimeValue(json, time);
    }

    /// <summary>Unix milliseconds to the nanosecond, without the rounding of a double.</summary>
    public static void WriteTimeValue(Utf8JsonWriter json, long time)
    {
        var (whole, rest) = Math.DivRem(time, UnixTime.NanosecondsPerMillisecond);
        if (rest == 0)
        {
            json.WriteNumberValue(whole);
            return;
        }
        Span<char> text = stackalloc char[32];
        var sign = time < 0 ? "-" : "";
        text.TryWrite(CultureInfo.InvariantCulture, $"{sign}{Math.Abs(whole)}.{Math.Abs(rest):000000}", out var length);
        json.WriteRawValue(text[..length].TrimEnd('0'), skipInputValidation: true);
    }
}

/// <summary>Points that were sent and did not reach a series, by what took them.</summary>
internal readonly record struct Losses(long Overwritten, long Full, long Late, long Ahead)
{
    public static Losses Of(TimeSeriesEngine engine) =>
        new(engine.Counters.Lost, engine.DroppedNewest, engine.Counters.RefusedLate, engine.Counters.RefusedAhead);
}
