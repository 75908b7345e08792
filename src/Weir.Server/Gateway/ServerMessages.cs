using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Weir.Engine.Downsampling;
using Weir.Engine.Time;

namespace Weir.Server.Gateway;

/// <summary>Writes the JSON messages of docs/protocol.md.</summary>
internal static class ServerMessages
{
    public const int ProtocolVersion = 1;
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(5);
    public static readonly string ServerVersion = typeof(ServerMessages).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <summary>Nothing of it is ever pasted into a page; escaping every "µ" would only make it longer and harder to read.</summary>
    public static readonly JsonWriterOptions Options = new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Hello(MessageBuffer to, string epoch, long now, ReadOnlySpan<byte> dashboard)
    {
        using var json = Begin(to, "hello");
        json.WriteNumber("protocol"u8, ProtocolVersion);
        json.WriteString("server"u8, ServerVersion);
        json.WriteString("epoch"u8, epoch);
        WriteTime(json, "time"u8, now);
        json.WriteNumber("heartbeat"u8, HeartbeatInterval.TotalMilliseconds);
        json.WritePropertyName("dashboard"u8);
        json.WriteRawValue(dashboard, skipInputValidation: true);
        json.WriteEndObject();
    }

    public static void Dashboard(MessageBuffer to, ReadOnlySpan<byte> dashboard)
    {
        using var json = Begin(to, "dashboard");
        json.WritePropertyName("dashboard"u8);
        json.WriteRawValue(dashboard, skipInputValidation: true);
        json.WriteEndObject();
    }

    public static void View(MessageBuffer to, SeriesSubscription subscription)
    {
        var view = subscription.View;
        using var json = Begin(to, "view");
        WriteKey(json, subscription);
        json.WriteNumber("view"u8, view.Id);
        json.WriteNumber("step"u8, view.Key.StepMilliseconds);
        json.WriteBoolean("live"u8, view.Key.From is null);
        if (view.Key.From is { } from)
        {
            WriteTime(json, "from"u8, from);
            WriteTime(json, "to"u8, view.Key.End);
        }
        json.WriteNumber("sequence"u8, subscription.Known);
        json.WriteBoolean("resumed"u8, subscription.IsResumed);
        json.WriteStartArray("series"u8);
        foreach (var slot in view.Slots)
        {
            json.WriteStartObject();
            json.WriteNumber("slot"u8, slot.Index);
            json.WriteString("name"u8, slot.Series.Key.Name);
            json.WriteStartObject("labels"u8);
            foreach (var label in slot.Series.Key.Labels) json.WriteString(label.Name, label.Value);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The points behind pixel columns, each once, in time order.</summary>
    public static void Points(
        MessageBuffer to, string type, SeriesSubscription subscription, ViewSlot slot, ulong sequence, ReadOnlySpan<Column> columns, long? from)
    {
        using var json = Begin(to, type);
        WriteKey(json, subscription);
        json.WriteString("series"u8, slot.Name);
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

    public static void Heartbeat(MessageBuffer to, long now)
    {
        using var json = Begin(to, "heartbeat");
        WriteTime(json, "time"u8, now);
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

    private static void WriteKey(Utf8JsonWriter json, SeriesSubscription subscription) =>
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

    private static void WriteTime(Utf8JsonWriter json, ReadOnlySpan<byte> name, long time)
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
