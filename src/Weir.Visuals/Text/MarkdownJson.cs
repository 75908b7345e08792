using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Weir.Visuals.Text;

/// <summary>Blocks as JSON, the form in which a markdown widget's text travels: see "Formatted text" in docs/protocol.md.</summary>
public static class MarkdownJson
{
    /// <summary>Bytes of the JSON where it travels as a string within JSON. It fits a message to a viewer with what else is in it.</summary>
    public const int BytesMax = 60_000;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The blocks of a Markdown text. Where they would take more than <see cref="BytesMax"/>, the text as it was written.</summary>
    public static string Serialize(string source)
    {
        var json = Serialize(Markdown.Parse(source));
        return BytesWithin(json) <= BytesMax ? json : Serialize(Markdown.Verbatim(source));
    }

    /// <summary>The blocks as a JSON array.</summary>
    public static string Serialize(IReadOnlyList<Block> blocks)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Options)) Write(json, blocks);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Bytes of a JSON text as a string within JSON: its quotes and backslashes take a backslash more.</summary>
    internal static int BytesWithin(string json) => Encoding.UTF8.GetByteCount(json) + json.AsSpan().Count('"') + json.AsSpan().Count('\\');

    private static void Write(Utf8JsonWriter json, IReadOnlyList<Block> blocks)
    {
        json.WriteStartArray();
        foreach (var block in blocks) Write(json, block);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Block block)
    {
        json.WriteStartObject();
        switch (block)
        {
            case Block.Heading heading:
                json.WriteNumber("heading"u8, heading.Level);
                Write(json, "text"u8, heading.Text);
                break;
            case Block.Paragraph paragraph:
                Write(json, "paragraph"u8, paragraph.Text);
                break;
            case Block.List list:
                json.WriteStartArray("list"u8);
                foreach (var item in list.Items) Write(json, item);
                json.WriteEndArray();
                if (list.Start is { } start) json.WriteNumber("start"u8, start);
                if (list.IsLoose) json.WriteBoolean("loose"u8, true);
                break;
            case Block.Code code:
                json.WriteString("code"u8, code.Text);
                if (code.Language is not null) json.WriteString("language"u8, code.Language);
                break;
            case Block.Quote quote:
                json.WritePropertyName("quote"u8);
                Write(json, quote.Blocks);
                break;
            case Block.Table table:
                json.WriteStartArray("table"u8);
                foreach (var row in table.Rows) WriteRow(json, row);
                json.WriteEndArray();
                json.WriteStartArray("align"u8);
                foreach (var alignment in table.Alignments)
                {
                    json.WriteStringValue(alignment switch { CellAlignment.Center => "center"u8, CellAlignment.End => "end"u8, _ => "start"u8 });
                }
                json.WriteEndArray();
                break;
            case Block.Rule:
                json.WriteBoolean("rule"u8, true);
                break;
        }
        json.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter json, IReadOnlyList<IReadOnlyList<Inline>> row)
    {
        json.WriteStartArray();
        foreach (var cell in row) Write(json, cell);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<Inline> inlines)
    {
        json.WritePropertyName(name);
        Write(json, inlines);
    }

    private static void Write(Utf8JsonWriter json, IReadOnlyList<Inline> inlines)
    {
        json.WriteStartArray();
        foreach (var inline in inlines) Write(json, inline);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, Inline inline)
    {
        if (inline is Inline.Plain plain)
        {
            json.WriteStringValue(plain.Value);
            return;
        }
        json.WriteStartObject();
        switch (inline)
        {
            case Inline.Strong strong:
                Write(json, "strong"u8, strong.Text);
                break;
            case Inline.Emphasis emphasis:
                Write(json, "emphasis"u8, emphasis.Text);
                break;
            case Inline.Strikethrough struck:
                Write(json, "strikethrough"u8, struck.Text);
                break;
            case Inline.Code code:
                json.WriteString("code"u8, code.Value);
                break;
            case Inline.Link link:
                json.WriteString("link"u8, link.Target);
                Write(json, "text"u8, link.Text);
                break;
            case Inline.LineBreak:
                json.WriteBoolean("break"u8, true);
                break;
            case Inline.Image image:
                json.WriteString("image"u8, image.Source ?? "");
                json.WriteString("alternative"u8, image.Alternative);
                break;
        }
        json.WriteEndObject();
    }
}
