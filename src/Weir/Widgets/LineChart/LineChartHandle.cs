using System.Collections.Concurrent;
using Weir.Engine.Queries;
using Weir.Engine.Series;
using Weir.Engine.Windows;

namespace Weir;

/// <summary>Several series over time. Each is a series named like the chart, with a label <c>series</c> that holds its name.</summary>
public sealed class LineChartHandle : WidgetHandle
{
    /// <summary>As many as a viewer may watch in one chart.</summary>
    public const int SeriesMax = 256;

    internal const string SeriesLabel = "series";

    private readonly ConcurrentDictionary<string, SeriesHandle> _series = new();
    private readonly Lock _creation = new();

    private readonly WindowSpec? _window;

    internal LineChartHandle(Dashboard dashboard, string id, WindowSpec? window)
        : base(dashboard, id, "line") => _window = window;

    internal static string SelectorOf(string id, WindowSpec? window) => Selector.TextOf(window is null ? id : $"{id}:{window}", $"{SeriesLabel}!=\"\"");

    /// <summary>The series of this name, made when it is new. Keep it: sending through it costs no lookup.</summary>
    /// <exception cref="ArgumentException">The name is empty or has more than 1,024 characters.</exception>
    /// <exception cref="InvalidOperationException">The chart has <see cref="SeriesMax"/> series already.</exception>
    public SeriesHandle AddSeries(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _series.TryGetValue(name, out var known) ? known : Create(name);
    }

    /// <summary>Sends a value to the series of this name, which is made when it is new.</summary>
    /// <inheritdoc cref="AddSeries" path="/exception"/>
    public void Send(string series, double value) => AddSeries(series).Send(value);

    /// <summary>Sends a value with its own time to the series of this name, which is made when it is new.</summary>
    /// <inheritdoc cref="AddSeries" path="/exception"/>
    /// <exception cref="ArgumentOutOfRangeException">The time lies outside the years 1678 to 2261.</exception>
    public void Send(string series, double value, DateTimeOffset time) => AddSeries(series).Send(value, time);

    private SeriesHandle Create(string name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > SeriesKey.LabelValueLengthMax)
        {
            throw new ArgumentException($"A series of line '{Id}' needs a name of 1 to {SeriesKey.LabelValueLengthMax} characters; given was '{name}'.", nameof(name));
        }
        lock (_creation)
        {
            if (_series.TryGetValue(name, out var known)) return known;
            if (_series.Count >= SeriesMax)
            {
                throw new InvalidOperationException($"Line '{Id}' has {SeriesMax} series already; '{name}' would be one too many. Split it into several charts.");
            }
            var series = new SeriesHandle(Dashboard, name, Dashboard.Engine.Resolve(new SeriesKey(Id, new Label(SeriesLabel, name))));
            if (_window is not null) Dashboard.Engine.Window(series.Series, _window);
            _series[name] = series;
            return series;
        }
    }
}
