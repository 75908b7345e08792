using System.Text.Json.Serialization;

namespace Weir.Visuals.Dashboards;

/// <summary>One place on a page: a container of places, or a widget.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(WidgetPlace), "widget")]
[JsonDerivedType(typeof(GridContainer), "grid")]
[JsonDerivedType(typeof(ColumnsContainer), "columns")]
[JsonDerivedType(typeof(ColumnContainer), "column")]
[JsonDerivedType(typeof(RowContainer), "row")]
[JsonDerivedType(typeof(TabsContainer), "tabs")]
[JsonDerivedType(typeof(TabContainer), "tab")]
[JsonDerivedType(typeof(ExpanderContainer), "expander")]
public abstract class Place;
