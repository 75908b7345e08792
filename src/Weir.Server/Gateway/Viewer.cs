using Weir.Engine.Access;
using Weir.Engine.Views;
using Weir.Visuals.Dashboards;

namespace Weir.Server.Gateway;

/// <summary>
/// One connected viewer. Nothing is queued for it but a few short errors: what it has not seen yet is known from its cursors, and a message is
/// made only when the one before was taken. Only the gateway's loop touches it, and its sending loop while that waits, but for
/// <see cref="IsSending"/>, <see cref="HasNews"/> and <see cref="IsGone"/>.
/// </summary>
internal sealed class Viewer(IViewerTransport transport, DashboardDocument dashboard, AccessScope scope, int loop)
{
    private const int ErrorsMax = 16;
    private readonly TaskCompletionSource _detached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isSending;
    private volatile bool _hasNews = true;
    private volatile bool _isGone;

    public IViewerTransport Transport => transport;

    public DashboardDocument Dashboard => dashboard;

    /// <summary>What it may see, from when it connected.</summary>
    public AccessScope Scope => scope;

    /// <summary>Which of the <see cref="SendingLoops"/> makes its messages.</summary>
    public int Loop => loop;

    public List<Subscription> Subscriptions { get; } = [];

    /// <summary>The same by key.</summary>
    public Dictionary<string, Subscription> ByKey { get; } = [];

    /// <summary>Place of the subscription whose turn it is to say something.</summary>
    public int Turn { get; set; }

    public Queue<ViewerError> Errors { get; } = new();

    public bool IsGreeted { get; set; }

    public long DashboardVersion { get; set; } = -1;

    public bool IsPaused { get; set; }

    public bool IsHeartbeatDue { get; set; }

    /// <summary>Whether there may be something to say: a view it looks at changed, it asked for something, or took what was sent.</summary>
    public bool HasNews { get => _hasNews; set => _hasNews = value; }

    /// <summary>Set when the viewer is to go; it goes once the send under way is over, or is cut off.</summary>
    public DisconnectCode? Leaving { get; private set; }

    /// <summary>Set when nothing more may be sent.</summary>
    public bool IsGone { get => _isGone; set => _isGone = value; }

    /// <summary>Completes when the connection has ended.</summary>
    public Task Detached => _detached.Task;

    public void Detach()
    {
        IsGone = true;
        _detached.TrySetResult();
    }

    /// <summary>The message that the transport still holds.</summary>
    public MessageBuffer? Pending { get; set; }

    /// <summary>Timestamp of the send under way.</summary>
    public long SendingSince { get; set; }

    public bool IsSending { get => _isSending; set => _isSending = value; }

    /// <summary>Times the viewer was so far behind that it read from the engine instead of taking frames.</summary>
    public long Conflations { get; set; }

    /// <summary>The first reason counts.</summary>
    public void SendAway(DisconnectCode code) => (Leaving, HasNews) = (Leaving ?? code, true);

    public void AddError(ViewerError error)
    {
        HasNews = true;
        if (Errors.Count < ErrorsMax) Errors.Enqueue(error);
    }
}
