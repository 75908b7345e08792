using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Weir.Engine.Access;
using Weir.Engine.Queries;
using Weir.Engine.Time;

namespace Weir.Engine.Views;

/// <summary>
/// The views that viewers look at, each once, and the owner of their positions: an epoch and an offset in it. A view whose last viewer left
/// lingers, so that a reload or a short break of the connection can resume; it costs nothing meanwhile.
/// </summary>
/// <param name="engine">Whose series they show.</param>
/// <param name="background">Runs work that may take long, away from the caller's loop; work never throws.</param>
/// <param name="touched">Called, from any thread, when a view has to be looked at.</param>
/// <param name="failed">Hears of faults in the background.</param>
internal sealed class ViewCatalog(TimeSeriesEngine engine, Action<Action> background, Action touched, Action<Exception> failed)
{
    public const int ViewsMax = 10_000;
    private static readonly TimeSpan Linger = TimeSpan.FromMinutes(1);

    private readonly Dictionary<ViewKey, ColumnsView> _views = [];
    private readonly ConcurrentQueue<ColumnsView> _touched = new();
    private readonly HashSet<ColumnsView> _timed = [];
    private readonly EvaluationQueue _evaluations = new(background);
    private uint _nextId = 1;
    private ulong _offset;
    private long _catalogSeen;

    /// <summary>Names this run; offsets mean something only within it.</summary>
    public string Epoch { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));

    /// <summary>Offset of the newest frame of any view.</summary>
    public ulong Offset => Volatile.Read(ref _offset);

    public int Count => _views.Count;

    /// <summary>Evaluations of expressions that were begun.</summary>
    public long Evaluations => _evaluations.Count;

    public Dictionary<ViewKey, ColumnsView>.ValueCollection All => _views.Values;

    public ulong NextOffset() => Interlocked.Increment(ref _offset);

    /// <summary>The view of this key; false when there are too many.</summary>
    /// <exception cref="ArgumentException">A selector or an expression does not parse.</exception>
    public bool TryEnter(ViewKey key, bool isBinary, [NotNullWhen(true)] out ColumnsView? view)
    {
        if (!_views.TryGetValue(key, out view))
        {
            if (_views.Count >= ViewsMax) RemoveIdle(TimeSpan.Zero);
            if (_views.Count >= ViewsMax) return false;
            view = Create(key);
            _views.Add(key, view);
        }
        view.Viewers++;
        if (isBinary) view.BinaryViewers++;
        return true;
    }

    public void Leave(ColumnsView view, bool isBinary)
    {
        view.Viewers--;
        if (isBinary) view.BinaryViewers--;
        view.IdleSince = engine.Time.GetTimestamp();
        if (view.Viewers == 0 && (!_views.TryGetValue(view.Key, out var current) || current != view)) view.Dispose();
    }

    public void RemoveIdle() => RemoveIdle(Linger);

    /// <summary>The views that someone watches and that something happened to: a round touched them, time moved their steps, or a refresh is tried again.</summary>
    /// <param name="now">Unix nanoseconds.</param>
    /// <param name="into">Is cleared; then each of them once.</param>
    public void TakeTouched(long now, List<ColumnsView> into)
    {
        into.Clear();
        if (_catalogSeen != engine.Catalog.Version)
        {
            _catalogSeen = engine.Catalog.Version;
            foreach (var view in _views.Values) view.Touch();
        }
        foreach (var view in _timed)
        {
            if (view.IsWatched && view.IsDue(now)) view.Touch();
        }
        // What is touched from here on waits for the next time.
        for (var count = _touched.Count; count > 0 && _touched.TryDequeue(out var view); count--)
        {
            // One that nobody watches stays touched, and so costs nothing until someone does.
            if (view.IsWatched && view.TakeTouch()) into.Add(view);
        }
    }

    /// <summary>Whoever asks for what this view shows from now on gets another; it goes when the last who looks at it left.</summary>
    public void Retire(ColumnsView view)
    {
        if (_views.TryGetValue(view.Key, out var current) && current == view) _views.Remove(view.Key);
        _timed.Remove(view);
    }

    /// <summary>This view may become due without a round that touches it.</summary>
    public void Watch(ColumnsView view) => _timed.Add(view);

    private ColumnsView Create(ViewKey key)
    {
        var sources = new List<SlotSource>();
        var readable = engine.Catalog.ReadableBy(key.Scope);
        var isTimed = false;
        foreach (var query in key.Queries)
        {
            if (QueryEngine.IsExpression(query))
            {
                sources.Add(new ExpressionSeries(engine, readable, query, key.Step, _evaluations, failed));
                isTimed = true;
            }
            else
            {
                sources.Add(new SelectedSeries(readable, Selector.Parse(query)));
            }
        }
        var view = new ColumnsView(_nextId++, key, sources, engine, NextOffset(), Enqueue);
        view.Begin(UnixTime.Now(engine.Time));
        if (isTimed) _timed.Add(view);
        return view;
    }

    private void Enqueue(ColumnsView view)
    {
        _touched.Enqueue(view);
        touched();
    }

    private void RemoveIdle(TimeSpan after)
    {
        foreach (var (key, view) in _views)
        {
            if (view.Viewers > 0 || engine.Time.GetElapsedTime(view.IdleSince) < after) continue;
            _views.Remove(key);
            _timed.Remove(view);
            view.Dispose();
        }
    }
}
