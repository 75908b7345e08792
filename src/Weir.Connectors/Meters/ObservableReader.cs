using System.Diagnostics.Metrics;

namespace Weir.Connectors.Meters;

/// <summary>Asks one observable instrument. It has a listener of its own: a listener of several reports exceptions without saying which callback threw.</summary>
internal sealed class ObservableReader(MeterListener listener)
{
    /// <summary>Its first failure has been told.</summary>
    public bool IsFailureTold { get; set; }

    /// <summary>Calls the instrument's callback. Throws what the callback throws.</summary>
    public void Read() => listener.RecordObservableInstruments();

    public void Stop() => listener.Dispose();
}
