using Weir.Engine.Downsampling;
using Weir.Engine.Time;
using Weir.Engine.Views;
using Weir.Engine.Windows;

namespace Weir.Server.Gateway;

/// <summary>A viewer's look at a shared view of columns. All that waits for the viewer is what lies behind its cursor.</summary>
internal abstract class ColumnsSubscription : Subscription
{
    private readonly ViewRequest _request;
    private readonly ColumnsView _view;
    private readonly ViewCatalog _views;
    private int _slotsTold = -1;
    private int _refusedTold;
    private string? _failureTold;
    private bool _isFailureTold;

    protected ColumnsSubscription(Viewer viewer, ViewRequest request, ColumnsView view, ViewCatalog views) : base(viewer, request.Key)
    {
        (_request, _view, _views) = (request, view, views);
        view.Lookers.Add(this);
    }

    public ViewRequest Request => _request;

    public bool IsQuery => _request.IsQuery;

    public ColumnsView View => _view;

    /// <summary>The last frame the viewer has, or will have once <see cref="CatchUp"/> is through.</summary>
    public ulong Cursor { get; set; }

    /// <summary>Up to which frame the viewer has everything: what it may resume from. 0 when it has to begin anew.</summary>
    public ulong Known => CatchUp is { IsThrough: false } catchUp ? catchUp.Since : Cursor;

    public override bool IsUpToDate => CatchUp is null or { IsThrough: true } && Cursor == View.Sequence;

    public bool IsResumed { get; set; }

    /// <summary>A catch-up under way, or null.</summary>
    public CatchUp? CatchUp { get; set; }

    public override bool TryDescribe(MessageBuffer to)
    {
        if (_slotsTold != _view.Slots.Count || (_failureTold is not null && _view.Failure is null))
        {
            (_failureTold, _isFailureTold) = (null, false);
            _slotsTold = ViewWriter.Write(to, this, Math.Max(0, _slotsTold));
            return true;
        }
        if (_view.Failure is { } failure && !_isFailureTold)
        {
            (_failureTold, _isFailureTold) = (failure, true);
            ServerMessages.Error(to, new ViewerError("failed", failure, Key));
            return true;
        }
        if (_refusedTold > 0 || _view.SlotsRefused == 0) return false;
        _refusedTold = _view.SlotsRefused;
        ServerMessages.Error(to, new ViewerError("too-many", $"A view shows at most {ColumnsView.SlotsMax} series; more match here and are left out.", Key));
        return true;
    }

    public override void SetPaused(bool isPaused)
    {
        _view.PausedViewers += isPaused ? 1 : -1;
        if (!isPaused) _view.LookAgain();
    }

    public override void Leave()
    {
        _view.Lookers.Remove(this);
        if (Viewer.IsPaused) _view.PausedViewers--;
        _views.Leave(_view, Viewer.Transport.IsBinary);
    }

    /// <remarks>A catch-up that ends without a word leaves the frames after it to say: nobody asks again before the view changes.</remarks>
    public sealed override Composed Compose(MessageBuffer to, ComposerSpace space)
    {
        var composed = ComposeNext(to, space);
        return composed == Composed.Nothing && !IsUpToDate ? ComposeNext(to, space) : composed;
    }

    protected abstract Composed ComposeNext(MessageBuffer to, ComposerSpace space);

    /// <summary>Begins where the viewer left off, or with a first picture when that is not known.</summary>
    /// <param name="since">The frame that the viewer has, or null.</param>
    /// <param name="now">Unix nanoseconds.</param>
    public void Begin(ulong? since, long now)
    {
        var start = _view.Key.StartAt(now);
        var changed = since is { } sequence ? _view.ChangedSince(sequence) : null;
        (IsResumed, Cursor) = (changed is not null, _view.Sequence);
        if (changed == long.MaxValue) return;
        var from = Tumbling.StartOf(Math.Max(start, changed ?? start), _view.Key.Step);
        CatchUp = new CatchUp(_view, Math.Max(start, from), changed is null ? 0 : since!.Value, isHistory: changed is null || _request.IsNewest, _request.IsNewest);
    }

    /// <summary>The viewer is so far behind that it reads from the engine in place of taking frames.</summary>
    protected void BeginCatchUp(TimeProvider time)
    {
        Viewer.Conflations++;
        var start = _view.Key.StartAt(UnixTime.Now(time));
        var from = Math.Max(start, _view.ChangedSince(Cursor) ?? start);
        var column = Tumbling.StartOf(from, _view.Key.Step);
        CatchUp = new CatchUp(_view, Math.Max(start, column), since: Cursor, isHistory: _request.IsNewest, _request.IsNewest);
        Cursor = _view.Sequence;
    }

    protected int ReadPart(CatchUp catchUp, Columns columns, int columnsMax, out bool isLast)
    {
        _view.Read(_view.Slots[catchUp.Slot], catchUp.Next, catchUp.End, columns);
        if (columns.Count == 0)
        {
            isLast = true;
            return 0;
        }
        var count = Math.Min(columnsMax, ColumnsView.BlockCount(columns.Items));
        isLast = count == columns.Count;
        return count;
    }

    /// <summary>Only the last part says that the viewer now has the frame: who loses the connection in between resumes from what it had before.</summary>
    protected static ulong SequenceOf(CatchUp catchUp, bool isLast) => isLast && catchUp.IsInLastSlot ? catchUp.Sequence : catchUp.Since;

    protected void Advance(CatchUp catchUp, Columns columns, int count, bool isLast)
    {
        if (isLast) catchUp.GoToNextSlot();
        else catchUp.GoOn((columns.Items[count - 1].Number + 1) * _view.Key.Step);
    }

    protected void EndCatchUp(CatchUp catchUp)
    {
        Cursor = catchUp.Sequence;
        CatchUp = null;
    }
}
