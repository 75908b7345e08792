namespace Weir;

/// <summary>A widget that can be sent to. Handles may be kept and used from any thread, before and after the server starts.</summary>
public abstract class WidgetHandle
{
    private protected WidgetHandle(Dashboard dashboard, string id, string kind) => (Dashboard, Id, Kind) = (dashboard, id, kind);

    public Dashboard Dashboard { get; }

    public string Id { get; }

    /// <summary>Name of the kind, such as <c>metric</c> or <c>counter</c>.</summary>
    public string Kind { get; }

    /// <summary>File and line of the call that made it, such as <c>Program.cs:12</c>; null when that is not known.</summary>
    public string? Source { get; internal set; }

    /// <summary>The options of the call that made it, before the dashboard added what it shows.</summary>
    internal WidgetOptions? Given { get; set; }
}
