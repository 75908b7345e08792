namespace Weir;

/// <summary>A chart of an expression. It is computed from series that are sent elsewhere, and so takes no values.</summary>
public sealed class QueryHandle : WidgetHandle
{
    internal QueryHandle(Dashboard dashboard, string id, string expression)
        : base(dashboard, id, "line") => Expression = expression;

    /// <summary>As it was given.</summary>
    public string Expression { get; }
}
