namespace Weir;

/// <summary>What every widget can be told that shows rows, lines or text.</summary>
public abstract record RowsWidgetOptions : WidgetOptions
{
    /// <summary>Name of the table whose rows are shown; the widget's own when null.</summary>
    public string? Table { get; init; }
}
