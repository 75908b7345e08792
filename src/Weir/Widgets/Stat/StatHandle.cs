namespace Weir;

/// <summary>One large number with its difference to before.</summary>
public sealed class StatHandle : ValueHandle
{
    internal StatHandle(Dashboard dashboard, string id)
        : base(dashboard, id, "stat")
    {
    }
}
