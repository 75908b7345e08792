using Weir.Engine.Instruments;
using Weir.Engine.Series;

namespace Weir;

/// <summary>
/// Counts up, and shows how fast: a line with the rate of the last five seconds for each set of labels. Adding takes no lock, allocates nothing and
/// becomes one point a second, however often it is called.
/// </summary>
public sealed class CounterHandle : WidgetHandle
{
    private readonly Counter _counter;

    internal CounterHandle(Dashboard dashboard, string name, CounterOptions given)
        : base(dashboard, name, "counter") => (_counter, GivenOptions) = (dashboard.Engine.Counter(name), given);

    /// <summary>The sum of all that was added without labels; asks each thread that added, so it is not for hot paths.</summary>
    public double Total => _counter.Total;

    internal CounterOptions GivenOptions { get; }

    /// <summary>Adds a whole number: 0 or more. A negative one is refused and counted (<c>weir_increments_refused_total</c>).</summary>
    public void Add(long value)
    {
        _counter.Add(value);
        Dashboard.NoteSend();
    }

    /// <summary>Adds an increment: 0 or more and finite. Any other value is refused and counted (<c>weir_increments_refused_total</c>).</summary>
    public void Add(double value)
    {
        _counter.Add(value);
        Dashboard.NoteSend();
    }

    /// <summary>
    /// Adds to the counter that has these labels besides, in whatever order they are written: <c>requests.Add(1, ("route", "/x"))</c>. Allocates only
    /// when the labels are new. Each set of labels is a series and a line: take labels of few values, such as routes, not users.
    /// </summary>
    /// <exception cref="ArgumentException">A label breaks the rules of <see cref="SeriesKey"/>.</exception>
    public void Add(double value, params ReadOnlySpan<Label> labels)
    {
        _counter.Add(value, labels);
        Dashboard.NoteSend();
    }

    /// <summary>The counter that has these labels besides. Keep it where labels are known beforehand: adding to it looks nothing up.</summary>
    /// <exception cref="ArgumentException">A label breaks the rules of <see cref="SeriesKey"/>.</exception>
    public Counter With(params ReadOnlySpan<Label> labels)
    {
        Dashboard.NoteSend();
        return _counter.With(labels);
    }
}
