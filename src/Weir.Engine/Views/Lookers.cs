namespace Weir.Engine.Views;

/// <summary>Who looks at a view. Is told when there is something new to see, on the loop that refreshes views.</summary>
internal interface ILooker
{
    void OnNews();
}

/// <summary>Those who look at one view.</summary>
internal sealed class Lookers
{
    private readonly HashSet<ILooker> _all = [];

    /// <summary>Those who look now.</summary>
    public ILooker[] All => [.. _all];

    public void Add(ILooker looker) => _all.Add(looker);

    public void Remove(ILooker looker) => _all.Remove(looker);

    public void Tell()
    {
        foreach (var looker in _all) looker.OnNews();
    }
}
