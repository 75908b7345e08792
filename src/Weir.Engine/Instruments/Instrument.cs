using Weir.Engine.Series;

namespace Weir.Engine.Instruments;

/// <summary>
/// A handle by which an application records into a series of an engine. Handles of one name and labels are one object; any thread may use it at
/// any time, also after the engine is gone. What was recorded becomes a point of the series once an interval
/// (<see cref="EngineOptions.RecordingInterval"/>), at the same times for all.
/// </summary>
public abstract class Instrument
{
    private readonly SeriesKey _key;

    private protected Instrument(InstrumentSet all, SeriesKey key)
    {
        (All, _key, Number) = (all, key, all.NextNumber());
    }

    private protected InstrumentSet All { get; }

    /// <summary>Tells the handles of an engine apart.</summary>
    internal int Number { get; }

    /// <summary>Takes the interval that ends at a time into the series.</summary>
    internal abstract void Collect(in Collection collection);

    /// <summary>Finds or makes the handle of the same kind and name with these labels, all of them.</summary>
    private protected abstract Instrument Resolve(ReadOnlySpan<Label> labels);

    /// <summary>The handle with further labels, found without allocating unless they are new to the engine.</summary>
    private protected Instrument WithLabels(ReadOnlySpan<Label> labels)
    {
        if (labels.IsEmpty) return this;
        var cache = All.Accumulators.OfThread.Labels;
        if (cache.Find(this, labels) is { } known) return known;
        var child = Resolve(cache.Join(_key.Labels, labels));
        cache.Add(this, labels, child);
        return child;
    }
}
