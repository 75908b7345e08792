namespace Weir.Server.Gateway;

/// <summary>What the gateway has done since it began. The loop and the connections write; anyone may read.</summary>
public sealed class GatewayCounters
{
    internal long MessagesSentCount;
    internal long BytesSentCount;
    internal long FramesCount;
    internal long ConflationsCount;
    internal long ErrorsCount;
    internal long RefusedMessagesCount;
    internal long DisconnectsCount;
    internal long ConnectionsCount;

    /// <summary>Views brought up to date, whether or not that gave a frame.</summary>
    internal long RefreshesCount;

    public long MessagesSent => Volatile.Read(ref MessagesSentCount);

    public long BytesSent => Volatile.Read(ref BytesSentCount);

    /// <summary>Frames encoded, each once however many viewers it went to.</summary>
    public long Frames => Volatile.Read(ref FramesCount);

    /// <summary>Times a viewer was behind and read from the engine instead of taking frames one by one.</summary>
    public long Conflations => Volatile.Read(ref ConflationsCount);

    /// <summary>Connections that ended in an error of the transport.</summary>
    public long Errors => Volatile.Read(ref ErrorsCount);

    /// <summary>Messages from viewers that were refused.</summary>
    public long RefusedMessages => Volatile.Read(ref RefusedMessagesCount);

    /// <summary>Viewers that the server sent away.</summary>
    public long Disconnects => Volatile.Read(ref DisconnectsCount);

    /// <summary>Viewers that ever connected.</summary>
    public long Connections => Volatile.Read(ref ConnectionsCount);

    /// <summary>Age of the newest point of each frame when it was encoded.</summary>
    public LatencyHistogram Latency { get; } = new();
}

/// <summary>A histogram of seconds with the bounds that a live dashboard cares for.</summary>
public sealed class LatencyHistogram
{
    private static readonly double[] Bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
    private readonly long[] _counts = new long[Bounds.Length + 1];
    private double _sum;

    /// <summary>Upper bounds in seconds; one more bucket has no bound.</summary>
    public static ReadOnlySpan<double> UpperBounds => Bounds;

    public double Sum => Volatile.Read(ref _sum);

    /// <summary>The same values as an instrument of Weir's meter, for those who listen to it; null while there is none.</summary>
    internal System.Diagnostics.Metrics.Histogram<double>? Instrument { get; set; }

    public long Count(int bucket) => Volatile.Read(ref _counts[bucket]);

    internal void Add(double seconds)
    {
        var bucket = 0;
        while (bucket < Bounds.Length && seconds > Bounds[bucket]) bucket++;
        Volatile.Write(ref _counts[bucket], _counts[bucket] + 1);
        Volatile.Write(ref _sum, _sum + seconds);
        Instrument?.Record(seconds);
    }
}
