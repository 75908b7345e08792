namespace Weir;

/// <summary>Meters on the default dashboard; see <see cref="Weir.Dashboard"/>.</summary>
public static partial class Live
{
    /// <inheritdoc cref="Dashboard.Observe"/>
    public static IDisposable Observe(string pattern = "*") => Dashboard.Observe(pattern);
}
