using System.Text.Json.Nodes;
using Weir.Visuals.Dashboards;

namespace Weir.Tests.Api;

/// <summary>Shows documents as text that a reader can compare.</summary>
internal static class DashboardAssertions
{
    /// <summary>The first page as nested brackets: <c>grid[a columns[column[b] column[]]]</c>.</summary>
    public static string Outline(this Dashboard dashboard, int page = 0) => Outline(dashboard.Document.Pages[page].Root);

    public static JsonNode WidgetJson(this Dashboard dashboard, string id)
    {
        var json = JsonNode.Parse(dashboard.Document.ToJson().Span)!["widgets"]![id]!.AsObject();
        // The line of a test changes with every edit.
        json.Remove("source");
        return json;
    }

    /// <summary>Values of a series after one round of the engine.</summary>
    public static List<double> Values(this Dashboard dashboard, Weir.Engine.Series.TimeSeries series)
    {
        while (dashboard.Engine.RunRound() > 0)
        {
        }
        var (times, values) = (new List<long>(), new List<double>());
        series.Snapshot.Read(long.MinValue, long.MaxValue, times, values);
        return values;
    }

    private static string Outline(Place node) => node switch
    {
        WidgetPlace widget => widget.Widget,
        Container container => $"{Name(container)}[{string.Join(' ', container.Children.Select(Outline))}]",
        _ => throw new ArgumentException(node.GetType().Name, nameof(node)),
    };

    private static string Name(Container container) => container switch
    {
        TabContainer tab => $"tab '{tab.Title}'",
        ExpanderContainer expander => $"expander '{expander.Title}'{(expander.Expanded ? "" : " closed")}",
        ColumnsContainer columns => $"columns({string.Join(',', columns.Weights)})",
        _ => container.GetType().Name.Replace("Container", "", StringComparison.Ordinal).ToLowerInvariant(),
    };
}
