using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Weir.Engine.Tables;
using Weir.Visuals.Widgets;

namespace Weir;

/// <summary>Rows that change while they are looked at.</summary>
public sealed record TableOptions : RowsWidgetOptions
{
    public override string Kind => "table";

    /// <summary>1 to 64 columns; those of the first row sent when null.</summary>
    public IReadOnlyList<TableColumn>? Columns { get; init; }

    /// <summary>Column that identifies a row: a row with a known key takes the place of the old one. Rows are only appended when null.</summary>
    public string? Key { get; init; }

    /// <summary>Rows to keep, 1 to 10,000,000; the oldest go first.</summary>
    [DefaultValue(RowTable.RowsMaxDefault), Range(1, 10_000_000)]
    public int MaxRows { get; init; } = RowTable.RowsMaxDefault;

    /// <summary>Lets viewers sort.</summary>
    [DefaultValue(true)]
    public bool Sortable { get; init; } = true;

    /// <summary>Lets viewers filter.</summary>
    public bool Filterable { get; init; }

    /// <summary>Column to sort by at first; as the rows came when null.</summary>
    public string? Sort { get; init; }

    /// <summary>Sorts the largest first.</summary>
    public bool Descending { get; init; }

    /// <summary>Rows that are visible without scrolling, 1 to 200.</summary>
    [JsonPropertyName("rows"), DefaultValue(12), Range(1, 200)]
    public int VisibleRows { get; init; } = 12;

    /// <inheritdoc/>
    public override void Validate(OptionRules rules)
    {
        if (Columns is null) return;
        RequireColumn(rules, nameof(Key), Key);
        RequireColumn(rules, nameof(Sort), Sort);
    }

    private void RequireColumn(OptionRules rules, string option, string? column)
    {
        if (column is null || Columns!.Any(known => known.Name == column)) return;
        throw rules.Refuse(option, column, $"a column of the table: {string.Join(", ", Columns!.Select(known => known.Name))}");
    }
}
