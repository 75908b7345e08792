using Weir.Layout;
using Weir.Visuals.Dashboards;

namespace Weir;

/// <summary>Layout: scopes that new widgets go into. Without any, widgets flow in a grid of two columns on the first page.</summary>
public sealed partial class Dashboard
{
    private readonly AsyncLocal<LayoutScope?> _scope = new();

    /// <summary>Columns of equal width. Widgets fill them in turn, or use <see cref="Column"/> for each.</summary>
    /// <param name="count">1 to 12.</param>
    /// <exception cref="ArgumentException">The count is out of range.</exception>
    public LayoutScope Columns(int count)
    {
        if (count is < 1 or > ColumnsContainer.ColumnsMax) throw new ArgumentOutOfRangeException(nameof(count), count, $"1 to {ColumnsContainer.ColumnsMax} columns are allowed.");
        return OpenColumns(Enumerable.Repeat(1.0, count).ToArray());
    }

    /// <summary>Columns whose widths go by weight: <c>Columns(2, 1)</c> makes the first twice as wide.</summary>
    /// <exception cref="ArgumentException">More than 12, or a weight that is not a positive number.</exception>
    public LayoutScope Columns(double first, double second, params ReadOnlySpan<double> more) => OpenColumns([first, second, .. more]);

    /// <summary>The next column of the <c>Columns(…)</c> around: widgets from top to bottom.</summary>
    /// <exception cref="InvalidOperationException">No columns are open, or all are taken.</exception>
    public LayoutScope Column()
    {
        var scope = OpenScope() ?? throw new InvalidOperationException("Column() belongs inside Columns(…), such as using (Live.Columns(2)).");
        return Enter(scope.TakeColumn());
    }

    /// <summary>Widgets side by side.</summary>
    public LayoutScope Row() => Open(new RowContainer());

    /// <summary>A part that folds away under its title.</summary>
    /// <param name="title">What the header says.</param>
    /// <param name="expanded">Whether it is open at first.</param>
    public LayoutScope Expander(string title, bool expanded = true)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        return Open(new ExpanderContainer(title, expanded));
    }

    /// <summary>Tabs, each filled with <see cref="Tab"/>.</summary>
    /// <param name="names">The tabs in order; when none are given, they come as they are used.</param>
    /// <exception cref="ArgumentException">A name is empty or given twice.</exception>
    public LayoutScope Tabs(params ReadOnlySpan<string> names)
    {
        var seen = new HashSet<string>();
        foreach (var name in names)
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(name);
            if (!seen.Add(name)) throw new ArgumentException($"Tab '{name}' is given twice; each name is allowed once.", nameof(names));
        }
        var tabs = Document.AddContainer(new TabsContainer(), PlaceForNext());
        foreach (var name in names) Document.AddContainer(new TabContainer(name), tabs);
        return Enter(tabs);
    }

    /// <summary>One of the tabs around.</summary>
    /// <exception cref="InvalidOperationException">No tabs are open, or none has that name.</exception>
    public LayoutScope Tab(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var scope = OpenScope() ?? throw new InvalidOperationException($"Tab(\"{name}\") belongs inside Tabs(…), such as using (Live.Tabs(\"{name}\")).");
        return Enter(scope.TakeTab(name));
    }

    /// <summary>A page of its own; the same name is the same page. Inside other scopes it stands by itself all the same.</summary>
    public LayoutScope Page(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Enter(Document.AddPage(Pages.IdOf(name), name).Root);
    }

    internal void Close(LayoutScope scope)
    {
        if (_scope.Value == scope) _scope.Value = scope.Parent;
    }

    private LayoutScope OpenColumns(double[] weights)
    {
        var columns = Document.AddContainer(new ColumnsContainer(weights), PlaceForNext());
        foreach (var _ in weights) Document.AddContainer(new ColumnContainer(), columns);
        return Enter(columns);
    }

    private LayoutScope Open(Container container) => Enter(Document.AddContainer(container, PlaceForNext()));

    private LayoutScope Enter(Container container) => _scope.Value = new LayoutScope(this, container, OpenScope());

    private Container PlaceForNext() => OpenScope()?.PlaceForNext() ?? Document.DefaultPage.Root;

    private LayoutScope? OpenScope()
    {
        var scope = _scope.Value;
        while (scope is { IsOpen: false }) scope = scope.Parent;
        return scope;
    }
}
