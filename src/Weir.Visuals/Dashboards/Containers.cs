using System.Text.Json.Serialization;

namespace Weir.Visuals.Dashboards;

/// <summary>Two columns that fill from left to right; one column under 768 px.</summary>
public sealed class GridContainer : Container;

/// <summary>Columns side by side; their widths go by <see cref="Weights"/>. Children are <see cref="ColumnContainer"/>s.</summary>
public sealed class ColumnsContainer : Container
{
    public const int ColumnsMax = 12;

    /// <param name="weights">1 to 12 positive numbers, one a column.</param>
    /// <exception cref="ArgumentException">No columns, too many, or a weight that is not a positive number.</exception>
    public ColumnsContainer(IReadOnlyList<double> weights)
    {
        if (weights.Count is 0 or > ColumnsMax)
        {
            throw new ArgumentException($"{weights.Count} columns were asked for; 1 to {ColumnsMax} are allowed.", nameof(weights));
        }
        foreach (var weight in weights)
        {
            if (!(weight > 0 && double.IsFinite(weight))) throw new ArgumentException($"A column's weight is {weight}; a positive number is allowed, as in 2, 1.", nameof(weights));
        }
        Weights = [.. weights];
    }

    public IReadOnlyList<double> Weights { get; }
}

/// <summary>One of the columns of a <see cref="ColumnsContainer"/>: children from top to bottom.</summary>
public sealed class ColumnContainer : Container;

/// <summary>Children side by side, all as wide.</summary>
public sealed class RowContainer : Container;

/// <summary>Tabs, one of which is open. Children are <see cref="TabContainer"/>s.</summary>
public sealed class TabsContainer : Container;

/// <summary>One of the tabs of a <see cref="TabsContainer"/>.</summary>
public sealed class TabContainer(string title) : Container
{
    public string Title { get; } = title;
}

/// <summary>A part of the page that folds away under its title.</summary>
/// <param name="title">What the header says.</param>
/// <param name="expanded">Whether it is open when the page opens.</param>
public sealed class ExpanderContainer(string title, bool expanded) : Container
{
    public string Title { get; } = title;

    // Always written: readers need not agree on a default.
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public bool Expanded { get; } = expanded;
}
