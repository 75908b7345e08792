using Weir.Engine.Sketches;
using Weir.Engine.Time;

namespace Weir.Engine.Rollups;

/// <summary>How long rollups are kept, how exact their quantiles are and what they may take.</summary>
public sealed record RollupOptions
{
    /// <summary>How long seconds of histograms are kept: 1 minute to 1 hour.</summary>
    public Duration SecondRetention { get; init; } = "10m";

    /// <summary>How long minutes are kept: 2 hours or more, since hours are made from them.</summary>
    public Duration MinuteRetention { get; init; } = "24h";

    /// <summary>How long hours are kept: 2 days or more, since days are made from them.</summary>
    public Duration HourRetention { get; init; } = "30d";

    /// <summary>How long days are kept: 2 days or more.</summary>
    public Duration DayRetention { get; init; } = "365d";

    /// <summary>Relative error of quantiles: 0.0001 to 0.5.</summary>
    public double RelativeError { get; init; } = QuantileSketch.RelativeErrorDefault;

    /// <summary>
    /// Bytes that the rollups of all series may take, never more than a quarter of <see cref="EngineOptions.BytesMax"/>. Past it buckets go early: of minutes, hours
    /// and days those that are furthest on in their retention. At least 1 MB.
    /// </summary>
    public long BytesMax { get; init; } = 64L << 20;

    public Duration RetentionOf(Granularity granularity) => granularity switch
    {
        Granularity.Second => SecondRetention,
        Granularity.Minute => MinuteRetention,
        Granularity.Hour => HourRetention,
        Granularity.Day => DayRetention,
        _ => throw new ArgumentOutOfRangeException(nameof(granularity), granularity, "Not a granularity; allowed are Second, Minute, Hour and Day."),
    };

    internal void Validate()
    {
        Require(SecondRetention >= "1m" && SecondRetention <= "1h", nameof(SecondRetention), SecondRetention, "1m to 1h");
        Require(MinuteRetention >= "2h", nameof(MinuteRetention), MinuteRetention, "2h or more");
        Require(HourRetention >= "2d", nameof(HourRetention), HourRetention, "2d or more");
        Require(DayRetention >= "2d", nameof(DayRetention), DayRetention, "2d or more");
        Require(RelativeError is >= 0.0001 and <= 0.5, nameof(RelativeError), RelativeError, "0.0001 to 0.5");
        Require(BytesMax >= 1 << 20, nameof(BytesMax), BytesMax, "at least 1,048,576");
    }

    private static void Require(bool holds, string name, object value, string allowed)
    {
        if (!holds) throw new ArgumentOutOfRangeException(name, value, $"Rollup option {name} is {value}; allowed is {allowed}.");
    }
}
