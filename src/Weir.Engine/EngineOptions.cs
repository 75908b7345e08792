using Weir.Engine.Ingest;
using Weir.Engine.Rollups;
using Weir.Engine.Time;

namespace Weir.Engine;

/// <summary>The limits and rhythms of an engine. Every default is meant to be right for one process on one machine.</summary>
public sealed record EngineOptions
{
    /// <summary>How many series there may be; further keys go to an overflow series and are counted. 1 to 10,000,000.</summary>
    public int SeriesMax { get; init; } = 100_000;

    /// <summary>
    /// A series without a point for so long may leave, with all that is kept of it, when fewer than a sixteenth of <see cref="SeriesMax"/> places are free;
    /// those silent for longest leave first. Series of counters, gauges and histograms, and those with windows, stay. Where <see cref="Ahead"/> is longer, that counts.
    /// </summary>
    public Duration Silence { get; init; } = Duration.FromTimeSpan(TimeSpan.FromHours(1));

    /// <summary>How many windows there may be; a series of one more stays empty and is counted. 1 to 1,000,000.</summary>
    public int WindowsMax { get; init; } = 10_000;

    /// <summary>Bytes that points, their ladders, rollups and windows may take; past it the oldest chunks go first. At least 1 MB.</summary>
    public long BytesMax { get; init; } = 256L << 20;

    /// <summary>Points of each series that stay whatever the byte budget says. At least 1,000.</summary>
    public int PointsKeptMin { get; init; } = 1000;

    /// <summary>How far a point may lie behind the newest of its series and still be sorted in; behind the clock where the newest is ahead of it.</summary>
    public Duration Lateness { get; init; } = Duration.FromTimeSpan(TimeSpan.FromMinutes(1));

    /// <summary>How far a point may lie ahead of the clock. Beyond it a mistaken unit is likely.</summary>
    public Duration Ahead { get; init; } = Duration.FromTimeSpan(TimeSpan.FromHours(1));

    /// <summary>How often the engine takes in what was sent, at least. 1 ms to 1 minute.</summary>
    public Duration RoundInterval { get; init; } = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(10));

    /// <summary>How often what counters, gauges and histograms recorded becomes points, at whole multiples of it. 10 ms to 1 hour.</summary>
    public Duration RecordingInterval { get; init; } = Duration.FromTimeSpan(TimeSpan.FromSeconds(1));

    /// <summary>What happens when a sender outruns the engine.</summary>
    public LossPolicy Loss { get; init; } = LossPolicy.DropOldest;

    /// <summary>Minutes, hours and days of every series; null for none.</summary>
    public RollupOptions? Rollups { get; init; } = new();

    internal void Validate()
    {
        Rollups?.Validate();
        Require(SeriesMax is >= 1 and <= 10_000_000, nameof(SeriesMax), SeriesMax, "1 to 10,000,000");
        Require(WindowsMax is >= 1 and <= 1_000_000, nameof(WindowsMax), WindowsMax, "1 to 1,000,000");
        Require(BytesMax >= 1 << 20, nameof(BytesMax), BytesMax, "at least 1,048,576");
        Require(PointsKeptMin >= 1000, nameof(PointsKeptMin), PointsKeptMin, "at least 1,000");
        Require(Lateness > default(Duration), nameof(Lateness), Lateness, "a positive duration");
        Require(Ahead > default(Duration), nameof(Ahead), Ahead, "a positive duration");
        Require(Silence > default(Duration), nameof(Silence), Silence, "a positive duration");
        Require(RoundInterval >= "1ms" && RoundInterval <= "1m", nameof(RoundInterval), RoundInterval, "1 ms to 1 minute");
        Require(RecordingInterval >= "10ms" && RecordingInterval <= "1h", nameof(RecordingInterval), RecordingInterval, "10 ms to 1 hour");
    }

    private static void Require(bool holds, string name, object value, string allowed)
    {
        if (!holds) throw new ArgumentOutOfRangeException(name, value, $"Engine option {name} is {value}; allowed is {allowed}.");
    }
}
