namespace Weir.Engine.Series;

/// <summary>What the values of a series mean.</summary>
public enum SeriesKind
{
    /// <summary>A level that goes up and down.</summary>
    Gauge,

    /// <summary>A running total that only rises; a fall is a reset.</summary>
    Counter,

    /// <summary>A distribution: each interval is a sketch of its values, kept in rollups and not as points.</summary>
    Histogram,
}
