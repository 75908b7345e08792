using Weir.Engine;
using Weir.Engine.Series;

namespace Weir.Connectors.Machine;

/// <summary>Sends the values of one sample to the engine, all with the time at which the sample began, so that charts line up.</summary>
internal sealed class SampleWriter(TimeSeriesEngine engine)
{
    /// <summary>Unix nanoseconds of the sample.</summary>
    public long Time { get; set; }

    public TimeSeries Resolve(string name, params ReadOnlySpan<Label> labels) => engine.Resolve(new SeriesKey(name, labels));

    /// <summary>Sends a value; one that is not known is left out.</summary>
    public void Send(TimeSeries series, double? value)
    {
        if (value is { } known) engine.Append(series, Time, known);
    }
}
