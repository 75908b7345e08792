namespace Weir;

/// <summary>The newest value between two ends.</summary>
public sealed class GaugeHandle : ValueHandle
{
    internal GaugeHandle(Dashboard dashboard, string id)
        : base(dashboard, id, "gauge")
    {
    }
}
