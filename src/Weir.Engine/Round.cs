using Weir.Engine.Series;

namespace Weir.Engine;

/// <summary>What one round of the engine changed. Valid during the call that brings it.</summary>
public readonly ref struct Round
{
    private readonly ReadOnlySpan<long> _correctedFrom;

    internal Round(long number, ReadOnlySpan<TimeSeries> changed, ReadOnlySpan<long> correctedFrom)
    {
        Number = number;
        Changed = changed;
        _correctedFrom = correctedFrom;
    }

    /// <summary>The engine's watermark after the round; rises by one a round.</summary>
    public long Number { get; }

    /// <summary>The series that the round brought points, those of windows included; each once, in no order.</summary>
    public ReadOnlySpan<TimeSeries> Changed { get; }

    /// <summary>
    /// The earliest time (Unix nanoseconds) at which late points changed what was there of <c>Changed[index]</c>; <see cref="long.MaxValue"/> when
    /// points were only appended.
    /// </summary>
    public long CorrectedFrom(int index) => _correctedFrom[index];
}

/// <summary>Is told of rounds, on the engine's loop. It takes note and returns; what it throws is counted and disturbs nobody.</summary>
public interface IRoundObserver
{
    void OnRound(Round round);
}
