using Weir.Visuals.Dashboards;

namespace Weir;

/// <summary>
/// A part of the page that new widgets go into while it is open; dispose it to close it (<c>using</c>). Which scope is open belongs to the
/// flow of execution: other threads keep placing their widgets where they are, and tasks begun inside a scope place theirs in it.
/// When a task outlives its scope, its new widgets go where the scope stood.
/// </summary>
public sealed class LayoutScope : IDisposable
{
    private readonly Dashboard _dashboard;
    private readonly bool _tabsAreOpen;
    private int _next;
    private volatile bool _closed;

    internal LayoutScope(Dashboard dashboard, Container container, LayoutScope? parent)
    {
        (_dashboard, Container, Parent) = (dashboard, container, parent);
        // Without names given, tabs come as they are used.
        _tabsAreOpen = container is TabsContainer { Children.Count: 0 };
    }

    internal Container Container { get; }

    internal LayoutScope? Parent { get; }

    internal bool IsOpen => !_closed;

    /// <summary>Closes the scope; what follows goes where the scope stands.</summary>
    public void Dispose()
    {
        _closed = true;
        _dashboard.Close(this);
    }

    /// <summary>Where the next child goes: in columns, the next column in turn.</summary>
    internal Container PlaceForNext() => Container switch
    {
        ColumnsContainer columns => (Container)columns.Children[(Interlocked.Increment(ref _next) - 1) % columns.Children.Count],
        TabsContainer tabs => throw new InvalidOperationException(
            $"Widgets go into a tab, not between tabs: use Tab(name){(tabs.Children.Count == 0 ? "" : " with one of " + TabNames(tabs))}."),
        _ => Container,
    };

    /// <summary>The next column that no one has taken.</summary>
    internal ColumnContainer TakeColumn()
    {
        var columns = Container as ColumnsContainer ?? throw new InvalidOperationException("Column() belongs inside Columns(…), such as using (Live.Columns(2)).");
        var index = Interlocked.Increment(ref _next) - 1;
        if (index < columns.Children.Count) return (ColumnContainer)columns.Children[index];
        throw new InvalidOperationException($"These columns are {columns.Children.Count}, and this would be column {index + 1}. Ask for more in Columns(…).");
    }

    internal TabContainer TakeTab(string name)
    {
        var tabs = Container as TabsContainer ?? throw new InvalidOperationException($"Tab(\"{name}\") belongs inside Tabs(…), such as using (Live.Tabs(\"{name}\")).");
        foreach (var child in tabs.Children)
        {
            if (child is TabContainer tab && tab.Title == name) return tab;
        }
        if (_tabsAreOpen) return _dashboard.Document.AddContainer(new TabContainer(name), tabs);
        throw new InvalidOperationException($"There is no tab '{name}' here. The tabs are {TabNames(tabs)}.");
    }

    private static string TabNames(TabsContainer tabs) => string.Join(", ", tabs.Children.OfType<TabContainer>().Select(tab => $"'{tab.Title}'"));
}
