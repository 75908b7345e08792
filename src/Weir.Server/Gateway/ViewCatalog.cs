using System.Diagnostics.CodeAnalysis;
using Weir.Engine;

namespace Weir.Server.Gateway;

/// <summary>
/// The views that viewers look at, each once. A view whose last viewer left lingers, so that a reload or a short break of the connection can
/// resume; it costs nothing meanwhile.
/// </summary>
internal sealed class ViewCatalog(TimeSeriesEngine engine)
{
    public const int ViewsMax = 10_000;
    private static readonly TimeSpan Linger = TimeSpan.FromMinutes(1);

    private readonly Dictionary<ViewKey, SeriesView> _views = [];
    private uint _nextId = 1;

    public int Count => _views.Count;

    public Dictionary<ViewKey, SeriesView>.ValueCollection All => _views.Values;

    /// <summary>The view of this key; null when there are too many.</summary>
    /// <exception cref="ArgumentException">A selector does not parse.</exception>
    public bool TryEnter(ViewKey key, bool isBinary, ulong sequence, [NotNullWhen(true)] out SeriesView? view)
    {
        if (!_views.TryGetValue(key, out view))
        {
            if (_views.Count >= ViewsMax) RemoveIdle(TimeSpan.Zero);
            if (_views.Count >= ViewsMax) return false;
            view = new SeriesView(_nextId++, key, engine, sequence);
            _views.Add(key, view);
        }
        view.Viewers++;
        if (isBinary) view.BinaryViewers++;
        return true;
    }

    public void Leave(SeriesView view, bool isBinary)
    {
        view.Viewers--;
        if (isBinary) view.BinaryViewers--;
        view.IdleSince = engine.Time.GetTimestamp();
    }

    public void RemoveIdle() => RemoveIdle(Linger);

    private void RemoveIdle(TimeSpan after)
    {
        foreach (var (key, view) in _views)
        {
            if (view.Viewers == 0 && engine.Time.GetElapsedTime(view.IdleSince) >= after) _views.Remove(key);
        }
    }
}
