namespace Weir.Engine.Tables;

/// <summary>What the cells of a column are.</summary>
public enum ColumnType
{
    Text,
    Number,

    /// <summary>Unix milliseconds.</summary>
    DateTime,

    /// <summary>A day without a zone: Unix milliseconds of its midnight in UTC.</summary>
    Date,
    Badge,

    /// <summary>A number drawn as a bar up to <see cref="TableColumn.Max"/>.</summary>
    Bar,
    Link,

    /// <summary>A log level.</summary>
    Level,
}

/// <summary>A column of a table.</summary>
/// <param name="Name">How rows and sorting refer to it.</param>
/// <param name="Type">What its cells are.</param>
/// <param name="Title">What the header shows; the name when null.</param>
/// <param name="Unit">Unit of its numbers, such as <c>%</c> or <c>bytes</c>.</param>
/// <param name="Max">Full length of a bar; the largest value shown when null.</param>
public sealed record TableColumn(string Name, ColumnType Type = ColumnType.Text, string? Title = null, string? Unit = null, double? Max = null);
