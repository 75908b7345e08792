using Weir.Engine.Downsampling;
using Weir.Engine.Views;

namespace Weir.Server.Gateway;

/// <summary>What came of asking a subscription for its next words.</summary>
internal enum Composed
{
    /// <summary>Nothing new.</summary>
    Nothing,

    /// <summary>All that is new is in the message, which may take more of others.</summary>
    Added,

    /// <summary>The message is complete; there may be more to say in another.</summary>
    Complete,
}

/// <summary>One thing that one viewer looks at, and how far it was told. It writes its own messages; nobody else knows what kind it is.</summary>
/// <param name="viewer">Who looks.</param>
/// <param name="key">Widget id or query.</param>
internal abstract class Subscription(Viewer viewer, string key) : ILooker
{
    public Viewer Viewer => viewer;

    /// <summary>Widget id or query, as the viewer gave it.</summary>
    public string Key => key;

    /// <summary>Whether its data are wire blocks, which share messages with those of others, rather than JSON, one message each.</summary>
    public virtual bool IsBlocks => false;

    /// <summary>Whether the viewer has all there is.</summary>
    public virtual bool IsUpToDate => true;

    /// <summary>Says what the data mean, before the data; false when that is said.</summary>
    public virtual bool TryDescribe(MessageBuffer to) => false;

    /// <summary>Says what the viewer has not seen.</summary>
    public abstract Composed Compose(MessageBuffer to, ComposerSpace space);

    /// <summary>The viewer looks away, or looks again.</summary>
    public virtual void SetPaused(bool isPaused)
    {
    }

    /// <summary>The viewer looks no more.</summary>
    public abstract void Leave();

    /// <summary>There is something new to see.</summary>
    public void OnNews() => viewer.HasNews = true;
}

/// <summary>What a loop's subscriptions use by turns while they write.</summary>
internal sealed class ComposerSpace(TimeProvider time)
{
    public TimeProvider Time => time;

    public List<Frame> Frames { get; } = [];

    public Columns Columns { get; } = new();

    public WindowWriter Windows { get; } = new();
}

/// <summary>What a viewer is told when it asked for something that cannot be.</summary>
internal sealed record ViewerError(string Code, string Message, string? Widget = null, double? RetryAfter = null);
