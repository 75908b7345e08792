using System.Text.Json;
using Weir.Engine.Views;

namespace Weir.Server.Gateway;

/// <summary>
/// Writes "view" messages of docs/protocol.md: as many series as fit a message, the rest in further ones. A single series too large for a
/// message has its label values cut.
/// </summary>
internal static class ViewWriter
{
    /// <summary>The closing brackets and what says that more follow.</summary>
    private const int TailBytes = 16;

    /// <summary>Names the series from slot <paramref name="first"/> on. Returns the slot after the last one named.</summary>
    public static int Write(MessageBuffer to, ColumnsSubscription subscription, int first)
    {
        var view = subscription.View;
        using var json = ServerMessages.Begin(to, "view");
        ServerMessages.WriteKey(json, subscription);
        json.WriteNumber("view"u8, view.Id);
        json.WriteNumber("step"u8, view.Key.StepMilliseconds);
        json.WriteBoolean("live"u8, view.Key.From is null);
        if (view.Key.From is { } from)
        {
            ServerMessages.WriteTime(json, "from"u8, from);
            ServerMessages.WriteTime(json, "to"u8, view.Key.End);
        }
        json.WriteNumber("sequence"u8, subscription.Known);
        json.WriteBoolean("resumed"u8, subscription.IsResumed);
        if (view.SlotsRefused > 0) json.WriteNumber("leftOut"u8, view.SlotsRefused);
        json.WriteNumber("first"u8, first);
        json.WriteNumber("total"u8, view.Slots.Count);
        json.WriteStartArray("series"u8);
        json.Flush();
        var next = first;
        var series = new MessageBuffer();
        for (; next < view.Slots.Count; next++)
        {
            var room = to.Room - TailBytes - (int)json.BytesPending;
            WriteSeries(series, view.Slots[next], int.MaxValue);
            if (series.Length > room)
            {
                if (next > first) break;
                // A character takes at most six bytes; names are at most 256 characters.
                var labels = view.Slots[next].Labels.Length;
                WriteSeries(series, view.Slots[next], Math.Max(0, (room / (labels + 1) - 64) / 12));
            }
            json.WriteRawValue(series.Span, skipInputValidation: true);
            json.Flush();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        return next;
    }

    private static void WriteSeries(MessageBuffer to, ViewSlot slot, int lengthMax)
    {
        to.Clear();
        using var json = new Utf8JsonWriter(to, ServerMessages.Options);
        json.WriteStartObject();
        json.WriteNumber("slot"u8, slot.Index);
        json.WriteString("name"u8, Cut(slot.Name, lengthMax));
        json.WriteStartObject("labels"u8);
        foreach (var label in slot.Labels) json.WriteString(Cut(label.Name, lengthMax), Cut(label.Value, lengthMax));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Cut(string text, int lengthMax) => text.Length <= lengthMax ? text : string.Concat(text.AsSpan(0, lengthMax), "…");
}
