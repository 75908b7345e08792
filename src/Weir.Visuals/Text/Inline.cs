namespace Weir.Visuals.Text;

/// <summary>A piece of a line. Immutable; whoever draws it needs to know these eight.</summary>
public abstract record Inline
{
    private protected Inline()
    {
    }

    /// <param name="Value">Characters to show as they are: markup in them is none.</param>
    public sealed record Plain(string Value) : Inline;

    public sealed record Strong(IReadOnlyList<Inline> Text) : Inline;

    public sealed record Emphasis(IReadOnlyList<Inline> Text) : Inline;

    public sealed record Strikethrough(IReadOnlyList<Inline> Text) : Inline;

    public sealed record Code(string Value) : Inline;

    /// <param name="Target">An address that <see cref="LinkTarget.IsSafe"/> allows.</param>
    /// <param name="Text">What it says.</param>
    public sealed record Link(string Target, IReadOnlyList<Inline> Text) : Inline;

    public sealed record LineBreak : Inline;

    /// <param name="Alternative">What it shows, in words.</param>
    /// <param name="Source">The image itself as a data URL; null where only the words are to be shown.</param>
    public sealed record Image(string Alternative, string? Source) : Inline;
}
