using System.Text.Json.Serialization;

namespace Weir.Bench;

/// <summary>One row of the result. A row without a goal is there to be read beside the others.</summary>
internal sealed record Measurement(string Name, string Unit, double Ours)
{
    public double? Peer { get; init; }

    [JsonPropertyName("peer_name")]
    public string? PeerName { get; init; }

    public double? Ratio => Peer is { } peer ? Ours / peer : null;

    public string? Goal { get; init; }

    public bool? Met { get; init; }

    /// <summary>How it was measured, or what the reader should know.</summary>
    [JsonIgnore]
    public string? Note { get; init; }

    public Measurement AtMost(double limit) => this with { Goal = $"≤ {limit:#,0.###} {Unit}", Met = Ours <= limit };

    public Measurement AtLeast(double limit) => this with { Goal = $"≥ {limit:#,0.###} {Unit}", Met = Ours >= limit };

    public Measurement RatioAtMost(double limit) => this with { Goal = $"≤ {limit:0.####}×", Met = Ratio <= limit };

    public Measurement RatioAtLeast(double limit) => this with { Goal = $"≥ {limit:0.####}×", Met = Ratio >= limit };

    public Measurement Against(string name, double peer) => this with { PeerName = name, Peer = peer };
}
