namespace Weir.Connectors.Text;

/// <summary>What a line was.</summary>
internal enum LineResult
{
    /// <summary>Not of this format.</summary>
    NotUnderstood,

    /// <summary>Of this format without values of its own: a header, a total, a comment.</summary>
    Structure,

    /// <summary>Values, or the word that there are none (gaps).</summary>
    Values,
}

/// <summary>One way in which lines carry values. It may learn from lines (headers) and is used for one input only.</summary>
internal abstract class LineFormat
{
    /// <summary>What was understood, for people: <c>"vmstat: 17 columns"</c>.</summary>
    public abstract string Description { get; }

    /// <summary>Whether its times are what it is about, however old they are.</summary>
    public virtual bool IsRecord => false;

    public abstract LineResult Read(string line, LineValues into);

    /// <summary>A line that was taken for a header and never confirmed, at the end of the input.</summary>
    public virtual string? TakeUnconfirmed() => null;
}
