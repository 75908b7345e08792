using System.Text.Json.Serialization;

namespace Weir.Visuals.Dashboards;

/// <summary>One page of a dashboard.</summary>
/// <param name="id">What the address shows; lower-case letters, digits and hyphens.</param>
/// <param name="title">What the navigation shows.</param>
public sealed class Page(string id, string title)
{
    public string Id { get; } = id;

    public string Title { get; } = title;

    [JsonIgnore]
    public GridContainer Root { get; } = new();

    // The serializer names a node's type only where it is declared as any node.
    [JsonInclude, JsonPropertyName("root")]
    internal Place RootNode => Root;
}
