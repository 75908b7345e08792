using Weir.Engine.Series;

namespace Weir.Connectors.Meters;

/// <summary>Where the measurements of one instrument with one set of tags go: into an instrument of the engine, or into a series as points.</summary>
internal sealed class TagSet(int hash, KeyValuePair<string, object?>[] tags, TagSet? next)
{
    public int Hash => hash;

    /// <summary>The next in the bucket.</summary>
    public TagSet? Next => next;

    /// <summary>Of an instrument whose values are sent as they come.</summary>
    public TimeSeries? Series { get; init; }

    public Engine.Instruments.Counter? Counter { get; init; }

    /// <summary>The level of an up-down counter.</summary>
    public Engine.Instruments.Gauge? Level { get; init; }

    public Engine.Instruments.Histogram? Histogram { get; init; }

    public bool Matches(ReadOnlySpan<KeyValuePair<string, object?>> others)
    {
        if (tags.Length != others.Length) return false;
        for (var i = 0; i < tags.Length; i++)
        {
            if (tags[i].Key != others[i].Key || !Equals(tags[i].Value, others[i].Value)) return false;
        }
        return true;
    }
}
