using Weir.Engine.Tables;

namespace Weir.Tables;

/// <summary>Which column a field of the first row asks for.</summary>
internal static class ColumnInference
{
    public static TableColumn Of(RowField field)
    {
        var type = Nullable.GetUnderlyingType(field.Type) ?? field.Type;
        if (type == typeof(object) && field.Value is not null) type = field.Value.GetType();
        if (type == typeof(TimeSpan)) return new TableColumn(field.Name, ColumnType.Number, Unit: "s");
        if (type == typeof(DateTime) || type == typeof(DateTimeOffset)) return new TableColumn(field.Name, ColumnType.DateTime);
        if (type == typeof(DateOnly)) return new TableColumn(field.Name, ColumnType.Date);
        return new TableColumn(field.Name, Cell.IsNumber(type) ? ColumnType.Number : ColumnType.Text);
    }
}
