using Weir.Engine.Series;
using Weir.Sending;

namespace Weir;

/// <summary>One of the series of a line chart.</summary>
public sealed class SeriesHandle
{
    private readonly Dashboard _dashboard;

    internal SeriesHandle(Dashboard dashboard, string name, TimeSeries series) => (_dashboard, Name, Series) = (dashboard, name, series);

    public string Name { get; }

    /// <summary>The series that values go to.</summary>
    public TimeSeries Series { get; }

    /// <summary>Sends a value with the time of now; NaN is a gap. Takes no lock, allocates nothing and never fails.</summary>
    public void Send(double value)
    {
        _dashboard.Engine.Append(Series, value);
        _dashboard.NoteSend();
    }

    /// <inheritdoc cref="ValueHandle.Send(double, DateTimeOffset)"/>
    public void Send(double value, DateTimeOffset time)
    {
        _dashboard.AppendTimed(Series, SendTime.Of(time), value);
        _dashboard.NoteSend();
    }

    /// <summary>Sends values with the time of now, in order.</summary>
    public void Send(ReadOnlySpan<double> values)
    {
        _dashboard.Engine.Append(Series, values);
        _dashboard.NoteSend();
    }
}
