using Weir.Engine.Series;

namespace Weir;

/// <summary>A widget of a kind that another assembly registered.</summary>
public sealed class CustomHandle : WidgetHandle
{
    private readonly SeriesHandle? _series;
    private readonly TableHandle? _rows;

    internal CustomHandle(Dashboard dashboard, WidgetOptions options)
        : base(dashboard, options.Id, options.Kind)
    {
        if (options is SeriesWidgetOptions) _series = new SeriesHandle(dashboard, options.Id, dashboard.Engine.Resolve(new SeriesKey(options.Id)));
        if (options is RowsWidgetOptions) _rows = new TableHandle(dashboard, options.Id, new TableOptions { Id = options.Id });
    }

    /// <summary>The series that values go to; null when the kind shows none.</summary>
    public TimeSeries? Series => _series?.Series;

    /// <summary>Sends a value with the time of now; NaN is a gap.</summary>
    /// <exception cref="InvalidOperationException">The kind shows no series.</exception>
    public void Send(double value) => (_series ?? throw Shows("no series", nameof(SeriesWidgetOptions))).Send(value);

    /// <summary>Adds a row, as <see cref="TableHandle.Send(object)"/> does.</summary>
    /// <exception cref="InvalidOperationException">The kind shows no rows.</exception>
    /// <exception cref="ArgumentException">A column that the first row did not have, or a value that does not fit its column.</exception>
    [System.Diagnostics.CodeAnalysis.RequiresUnreferencedCode("Trimming may take the properties of a row away. In a trimmed or native application send rows as dictionaries.")]
    public void Send(object row) => (_rows ?? throw Shows("no rows", nameof(RowsWidgetOptions))).Send(row);

    private InvalidOperationException Shows(string what, string type) => new($"Widget '{Id}' is a {Kind}, which shows {what}: its options do not derive from {type}.");
}
