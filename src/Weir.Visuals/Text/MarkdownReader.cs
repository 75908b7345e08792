using System.Globalization;
using System.Text;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Weir.Visuals.Text;

/// <summary>Makes blocks of what Markdig read, as deep and as many as <see cref="Markdown"/> allows.</summary>
internal sealed class MarkdownReader
{
    private int _left = Markdown.NodesMax;

    public List<Block> Read(MarkdownDocument document)
    {
        var blocks = Blocks(document, 0);
        if (_left < 0) blocks.Add(new Block.Paragraph([new Inline.Plain("…")]));
        return blocks;
    }

    /// <summary>Whether there may be one node more.</summary>
    private bool Take() => --_left >= 0;

    private List<Block> Blocks(ContainerBlock container, int depth)
    {
        var blocks = new List<Block>(container.Count);
        foreach (var block in container)
        {
            if (!Take()) break;
            if (Block(block, depth + 1) is { } made) blocks.Add(made);
        }
        return blocks;
    }

    private Block? Block(Markdig.Syntax.Block block, int depth) => block switch
    {
        HeadingBlock heading => new Block.Heading(heading.Level, Inlines(heading.Inline, depth)),
        ParagraphBlock paragraph => new Block.Paragraph(Inlines(paragraph.Inline, depth)),
        CodeBlock code => new Block.Code(code.Lines.ToString(), code is FencedCodeBlock { Info: { Length: > 0 } info } ? info : null),
        ThematicBreakBlock => new Block.Rule(),
        LinkReferenceDefinitionGroup => null,
        ContainerBlock container when depth >= Markdown.DepthMax => new Block.Paragraph([new Inline.Plain(PlainText(container))]),
        QuoteBlock quote => new Block.Quote(Blocks(quote, depth)),
        ListBlock list => new Block.List([.. Items(list, depth)], Start(list), list.IsLoose),
        Table table => Table(table, depth),
        _ => null,
    };

    private IEnumerable<IReadOnlyList<Block>> Items(ListBlock list, int depth)
    {
        foreach (var item in list.OfType<ListItemBlock>())
        {
            if (!Take()) yield break;
            yield return Blocks(item, depth);
        }
    }

    private static int? Start(ListBlock list)
    {
        if (!list.IsOrdered) return null;
        return int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? start : 1;
    }

    private Block.Table Table(Table table, int depth)
    {
        // Markdig may define one column more than the header has.
        var columns = table.OfType<TableRow>().First().Count;
        var alignments = table.ColumnDefinitions.Take(columns).Select(column => column.Alignment switch
        {
            TableColumnAlign.Center => CellAlignment.Center,
            TableColumnAlign.Right => CellAlignment.End,
            _ => CellAlignment.Start,
        });
        var rows = new List<IReadOnlyList<IReadOnlyList<Inline>>>();
        foreach (var row in table.OfType<TableRow>())
        {
            if (_left < columns)
            {
                _left = -1;
                break;
            }
            _left -= columns;
            rows.Add([.. row.OfType<TableCell>().Take(columns).Select(cell => Inlines((cell.FirstOrDefault() as ParagraphBlock)?.Inline, depth))]);
        }
        return new Block.Table([.. alignments], rows);
    }

    private List<Inline> Inlines(ContainerInline? container, int depth)
    {
        var inlines = new List<Inline>();
        // Markdig leaves text in many pieces; drawn, they are one.
        var text = new StringBuilder();
        if (container is not null) Append(container, depth);
        Flush();
        return inlines;

        void Append(ContainerInline from, int level)
        {
            foreach (var inline in from)
            {
                // Of a link that may not lead anywhere only what it says is left.
                if (inline is LinkInline { IsImage: false } link && !LinkTarget.IsSafe(link.Url ?? "") && level + 1 < Markdown.DepthMax) Append(link, level + 1);
                else if (Plain(inline, level + 1) is { } plain) text.Append(plain);
                else if (Flush() && Take()) inlines.Add(Inline(inline, level + 1));
            }
        }

        bool Flush()
        {
            if (text.Length == 0) return true;
            if (!Take()) return false;
            inlines.Add(new Inline.Plain(text.ToString()));
            text.Clear();
            return true;
        }
    }

    /// <summary>The characters of what is no more than text here; null for what is more.</summary>
    private static string? Plain(Markdig.Syntax.Inlines.Inline inline, int depth) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        LineBreakInline { IsHard: false } => " ",
        AutolinkInline auto => LinkTarget.IsSafe(Address(auto)) ? null : auto.Url,
        CodeInline or LineBreakInline or LinkInline { IsImage: true } => null,
        LinkInline or EmphasisInline when depth < Markdown.DepthMax => null,
        _ => PlainText(inline),
    };

    private Inline Inline(Markdig.Syntax.Inlines.Inline inline, int depth) => inline switch
    {
        CodeInline code => new Inline.Code(code.Content),
        AutolinkInline auto => new Inline.Link(Address(auto), [new Inline.Plain(auto.Url)]),
        LinkInline { IsImage: true } image => new Inline.Image(PlainText(image), image.Url is { } source && LinkTarget.IsImage(source) ? source : null),
        LinkInline link => new Inline.Link(link.Url ?? "", Inlines(link, depth)),
        EmphasisInline { DelimiterChar: '~' } struck => new Inline.Strikethrough(Inlines(struck, depth)),
        EmphasisInline { DelimiterCount: >= 2 } strong => new Inline.Strong(Inlines(strong, depth)),
        EmphasisInline emphasis => new Inline.Emphasis(Inlines(emphasis, depth)),
        _ => new Inline.LineBreak(),
    };

    private static string Address(AutolinkInline auto) => auto.IsEmail ? "mailto:" + auto.Url : auto.Url;

    /// <summary>What stands in it, without any markup.</summary>
    private static string PlainText(IMarkdownObject markup)
    {
        var text = new StringBuilder();
        var leaves = markup switch
        {
            ContainerInline container => container.FindDescendants<LeafInline>(),
            ContainerBlock block => block.Descendants<LeafInline>(),
            _ => [],
        };
        foreach (var leaf in leaves)
        {
            _ = leaf switch
            {
                LiteralInline literal => text.Append(literal.Content.AsSpan()),
                CodeInline code => text.Append(code.Content),
                HtmlEntityInline entity => text.Append(entity.Transcoded.AsSpan()),
                AutolinkInline auto => text.Append(auto.Url),
                LineBreakInline => text.Append(' '),
                _ => text,
            };
        }
        return text.ToString();
    }
}
