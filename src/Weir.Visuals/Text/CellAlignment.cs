namespace Weir.Visuals.Text;

/// <summary>Where the text of a column stands.</summary>
public enum CellAlignment
{
    /// <summary>At the beginning of the line.</summary>
    Start,

    Center,

    /// <summary>At the end of the line, as numbers do.</summary>
    End,
}
