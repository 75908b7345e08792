using System.Text.Json;
using Weir.Engine.Views;

namespace Weir.Server.Gateway;

/// <summary>
/// Writes "window" messages of docs/protocol.md. Rows that would not fit a message stay out: the viewer sees fewer than it asked for and asks
/// on from there; of a window at the end the newest rows stay. A single row too large for a message shows the beginnings of its cells.
/// </summary>
internal sealed class WindowWriter
{
    /// <summary>The closing brackets.</summary>
    private const int TailBytes = 8;

    private readonly MessageBuffer _row = new();

    public void Write(MessageBuffer to, RowsSubscription subscription, TableRows table)
    {
        var request = subscription.Request;
        var window = table.Window(request.Offset, request.Count);
        using var json = ServerMessages.Begin(to, "window");
        json.WriteString("widget"u8, subscription.Key);
        json.WriteNumber("version"u8, window.Version);
        json.WriteNumber("total"u8, window.Total);
        json.WriteNumber("first"u8, window.First);
        if (table.IsSorted)
        {
            json.WriteString("sort"u8, request.Sort);
            json.WriteBoolean("descending"u8, request.Descending);
        }
        if (request.Filter is not null) json.WriteString("filter"u8, request.Filter);
        if (!subscription.IsBegun) WriteColumns(json, table);
        var room = MessageBuffer.BytesMax - (int)(json.BytesPending + json.BytesCommitted) - TailBytes - "\"offset\":2147483647,\"rows\":["u8.Length;
        var (from, count) = Fitting(window.Rows, room, fromEnd: request.Offset < 0);
        json.WriteNumber("offset"u8, window.Offset + from);
        json.WriteStartArray("rows"u8);
        for (var i = from; i < from + count; i++)
        {
            WriteRow(window.Rows[i], room);
            json.WriteRawValue(_row.Span, skipInputValidation: true);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private (int From, int Count) Fitting(object?[][] rows, int room, bool fromEnd)
    {
        var (count, left) = (0, room);
        for (; count < rows.Length; count++)
        {
            WriteRow(rows[fromEnd ? rows.Length - 1 - count : count], room);
            left -= _row.Length + 1;
            if (left < 0 && count > 0) break;
        }
        return (fromEnd ? rows.Length - count : 0, count);
    }

    /// <summary>Writes a row for itself, whole or, where that takes more than <paramref name="room"/>, with its cells cut.</summary>
    private void WriteRow(object?[] row, int room)
    {
        WriteCells(row, int.MaxValue);
        // A character takes at most six bytes.
        if (_row.Length > room) WriteCells(row, Math.Max(0, room / row.Length / 6 - 8));
    }

    private void WriteCells(object?[] row, int lengthMax)
    {
        _row.Clear();
        using var json = new Utf8JsonWriter(_row, ServerMessages.Options);
        json.WriteStartArray();
        foreach (var cell in row)
        {
            switch (cell)
            {
                case double number:
                    ServerMessages.WriteValue(json, number);
                    break;
                case string text:
                    json.WriteStringValue(text.Length <= lengthMax ? text : string.Concat(text.AsSpan(0, lengthMax), "…"));
                    break;
                default:
                    json.WriteNullValue();
                    break;
            }
        }
        json.WriteEndArray();
    }

    private static void WriteColumns(Utf8JsonWriter json, TableRows table)
    {
        json.WriteStartArray("columns"u8);
        foreach (var column in table.Columns)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, column.Name);
            json.WriteString("title"u8, column.Title ?? column.Name);
            json.WriteString("type"u8, column.Type.ToString().ToLowerInvariant());
            if (column.Unit is not null) json.WriteString("unit"u8, column.Unit);
            if (column.Max is { } max) json.WriteNumber("max"u8, max);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
