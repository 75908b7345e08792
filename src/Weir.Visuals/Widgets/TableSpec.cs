using System.ComponentModel;

namespace Weir.Visuals.Widgets;

/// <summary>Rows that change while they are looked at.</summary>
public sealed record TableSpec(string Id) : WidgetSpec(Id, "table")
{
    [DefaultValue(true)]
    public bool Sortable { get; init; } = true;

    public bool Filterable { get; init; }

    /// <summary>Column to sort by at first; as the rows came when null.</summary>
    public string? Sort { get; init; }

    public bool Descending { get; init; }

    /// <summary>Rows that are visible without scrolling.</summary>
    [DefaultValue(12)]
    public int Rows { get; init; } = 12;
}
