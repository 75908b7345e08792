using Weir.Engine;
using Weir.Engine.Series;
using Weir.Sending;

namespace Weir;

/// <summary>A widget that shows one series.</summary>
public abstract class ValueHandle : WidgetHandle
{
    private readonly TimeSeriesEngine _engine;

    private protected ValueHandle(Dashboard dashboard, string id, string kind)
        : base(dashboard, id, kind)
    {
        _engine = dashboard.Engine;
        Series = _engine.Resolve(new SeriesKey(id));
    }

    /// <summary>The series that values go to.</summary>
    public TimeSeries Series { get; }

    /// <summary>Sends a value with the time of now; NaN is a gap. Takes no lock, allocates nothing and never fails.</summary>
    public void Send(double value)
    {
        _engine.Append(Series, value);
        Dashboard.NoteSend();
    }

    /// <summary>Sends a value with its own time; it may come out of order, within the lateness that the dashboard allows. While the engine runs, a sender that outruns it waits for room, up to five seconds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time lies outside the years 1678 to 2261.</exception>
    public void Send(double value, DateTimeOffset time)
    {
        Dashboard.AppendTimed(Series, SendTime.Of(time), value);
        Dashboard.NoteSend();
    }

    /// <summary>Sends values with the time of now, in order.</summary>
    public void Send(ReadOnlySpan<double> values)
    {
        _engine.Append(Series, values);
        Dashboard.NoteSend();
    }
}
