namespace Weir.Engine.Ingest;

/// <summary>What happens to points when a sender outruns the engine and its buffer is full. Whatever is lost is counted.</summary>
public readonly record struct LossPolicy
{
    private LossPolicy(LossPolicyKind kind, TimeSpan deadline) => (Kind, Deadline) = (kind, deadline);

    internal LossPolicyKind Kind { get; }

    internal TimeSpan Deadline { get; }

    /// <summary>The default: the newest points matter most, the oldest waiting ones are overwritten.</summary>
    public static LossPolicy DropOldest => default;

    /// <summary>What does not fit is not taken; the sender learns how much was.</summary>
    public static LossPolicy DropNewest => new(LossPolicyKind.DropNewest, default);

    /// <summary>The sender waits for room, up to a deadline; after that what does not fit is dropped.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The deadline is not positive.</exception>
    public static LossPolicy Block(TimeSpan deadline)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(deadline, TimeSpan.Zero);
        return new(LossPolicyKind.Block, deadline);
    }
}

internal enum LossPolicyKind
{
    DropOldest,
    DropNewest,
    Block,
}
