namespace Weir;

/// <summary>One value over time.</summary>
public sealed class MetricHandle : ValueHandle
{
    internal MetricHandle(Dashboard dashboard, string id)
        : base(dashboard, id, "metric")
    {
    }
}
