namespace Weir.Visuals.Text;

/// <summary>One block of a formatted text, from top to bottom. Immutable; whoever draws it needs to know these seven.</summary>
public abstract record Block
{
    private protected Block()
    {
    }

    /// <param name="Level">1 to 6; 1 is the largest.</param>
    /// <param name="Text">What it says.</param>
    public sealed record Heading(int Level, IReadOnlyList<Inline> Text) : Block;

    /// <param name="Text">What it says.</param>
    public sealed record Paragraph(IReadOnlyList<Inline> Text) : Block;

    /// <param name="Items">Each a run of blocks.</param>
    /// <param name="Start">Number of the first item; null for bullets.</param>
    /// <param name="IsLoose">Whether the items stand apart, each a paragraph of its own.</param>
    public sealed record List(IReadOnlyList<IReadOnlyList<Block>> Items, int? Start, bool IsLoose) : Block;

    /// <param name="Text">Lines as they were written, the last without its end.</param>
    /// <param name="Language">What the fence names; null for none.</param>
    public sealed record Code(string Text, string? Language) : Block;

    /// <param name="Blocks">What is quoted.</param>
    public sealed record Quote(IReadOnlyList<Block> Blocks) : Block;

    /// <param name="Alignments">One for each column.</param>
    /// <param name="Rows">The header and then the rows, each a cell for each column.</param>
    public sealed record Table(IReadOnlyList<CellAlignment> Alignments, IReadOnlyList<IReadOnlyList<IReadOnlyList<Inline>>> Rows) : Block;

    /// <summary>A line from side to side.</summary>
    public sealed record Rule : Block;
}
