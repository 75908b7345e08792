using System.Text.Json.Serialization.Metadata;

namespace Weir.Visuals.Widgets;

/// <summary>A kind of widget: the one place from which reading, writing, the schema, the browser's types and the reference page come.</summary>
/// <param name="Name">As documents write it.</param>
/// <param name="Options">The record that programs write and documents hold.</param>
/// <param name="Types">How to read and write it; null for the kinds of Weir itself.</param>
/// <param name="Script">Text of the module that draws it in the browser; null for the kinds that the page draws itself.</param>
public sealed record WidgetKind(string Name, Type Options, IJsonTypeInfoResolver? Types = null, string? Script = null);
