namespace Weir;

/// <summary>Layout of the default dashboard; see <see cref="Weir.Dashboard"/>.</summary>
public static partial class Live
{
    /// <inheritdoc cref="Dashboard.Columns(int)"/>
    public static LayoutScope Columns(int count) => Dashboard.Columns(count);

    /// <inheritdoc cref="Dashboard.Columns(double, double, ReadOnlySpan{double})"/>
    public static LayoutScope Columns(double first, double second, params ReadOnlySpan<double> more) => Dashboard.Columns(first, second, more);

    /// <inheritdoc cref="Dashboard.Column"/>
    public static LayoutScope Column() => Dashboard.Column();

    /// <inheritdoc cref="Dashboard.Row"/>
    public static LayoutScope Row() => Dashboard.Row();

    /// <inheritdoc cref="Dashboard.Expander"/>
    public static LayoutScope Expander(string title, bool expanded = true) => Dashboard.Expander(title, expanded);

    /// <inheritdoc cref="Dashboard.Tabs"/>
    public static LayoutScope Tabs(params ReadOnlySpan<string> names) => Dashboard.Tabs(names);

    /// <inheritdoc cref="Dashboard.Tab"/>
    public static LayoutScope Tab(string name) => Dashboard.Tab(name);

    /// <inheritdoc cref="Dashboard.Page"/>
    public static LayoutScope Page(string name) => Dashboard.Page(name);
}
