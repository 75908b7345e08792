using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Extensions.Tables;

namespace Weir.Visuals.Text;

/// <summary>Reads CommonMark with tables, strikethrough and bare links. Raw HTML stays the text that was typed.</summary>
public static class Markdown
{
    /// <summary>Characters read; a longer text ends in "…".</summary>
    public const int LengthMax = 4096;

    /// <summary>Blocks or inlines within each other; what lies deeper is shown as plain text.</summary>
    public const int DepthMax = 32;

    /// <summary>Blocks, inlines, list items and cells; a text with more ends in "…".</summary>
    public const int NodesMax = 1500;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables(new PipeTableOptions { UseHeaderForColumnCount = true })
        .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough)
        .UseAutoLinks()
        .DisableHtml()
        .Build();

    /// <summary>The blocks of a text. Any text is Markdown: what is no markup is shown as it is.</summary>
    public static IReadOnlyList<Block> Parse(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        source = Cut(source);
        try
        {
            return new MarkdownReader().Read(Markdig.Markdown.Parse(source, Pipeline));
        }
        catch (ArgumentException)
        {
            // Markdig gives up on what nests deeper than it reads.
            return Verbatim(source);
        }
    }

    /// <summary>The text as it was written, in one block.</summary>
    internal static IReadOnlyList<Block> Verbatim(string source) => [new Block.Code(Cut(source), null)];

    private static string Cut(string source)
    {
        if (source.Length <= LengthMax) return source;
        var end = LengthMax - 1;
        if (char.IsHighSurrogate(source[end - 1])) end--;
        return string.Concat(source.AsSpan(0, end), "…");
    }
}
