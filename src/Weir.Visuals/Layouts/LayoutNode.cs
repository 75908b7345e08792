using System.Text.Json.Serialization;

namespace Weir.Visuals.Layouts;

/// <summary>One place on a page: a container of places, or a widget.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(WidgetNode), "widget")]
[JsonDerivedType(typeof(GridNode), "grid")]
[JsonDerivedType(typeof(ColumnsNode), "columns")]
[JsonDerivedType(typeof(ColumnNode), "column")]
[JsonDerivedType(typeof(RowNode), "row")]
[JsonDerivedType(typeof(TabsNode), "tabs")]
[JsonDerivedType(typeof(TabNode), "tab")]
[JsonDerivedType(typeof(ExpanderNode), "expander")]
public abstract class LayoutNode;
