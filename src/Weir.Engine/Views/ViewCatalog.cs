using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Weir.Engine.Queries;

namespace Weir.Engine.Views;

/// <summary>
/// The views that viewers look at, each once, and the owner of their positions: an epoch and an offset in it. A view whose last viewer left
/// lingers, so that a reload or a short break of the connection can resume; it costs nothing meanwhile.
/// </summary>
/// <param name="engine">Whose series they show.</param>
/// <param name="background">Runs work that may take long, away from the caller's loop; work never throws.</param>
internal sealed class ViewCatalog(TimeSeriesEngine engine, Action<Action> background)
{
    public const int ViewsMax = 10_000;
    private static readonly TimeSpan Linger = TimeSpan.FromMinutes(1);

    private readonly Dictionary<ViewKey, ColumnsView> _views = [];
    private readonly QueryEngine _queries = new(engine.Catalog, ExpressionView.Cost);
    private uint _nextId = 1;
    private ulong _offset;

    /// <summary>Names this run; offsets mean something only within it.</summary>
    public string Epoch { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));

    /// <summary>Offset of the newest frame of any view.</summary>
    public ulong Offset => Volatile.Read(ref _offset);

    public int Count => _views.Count;

    public Dictionary<ViewKey, ColumnsView>.ValueCollection All => _views.Values;

    public ulong NextOffset() => Interlocked.Increment(ref _offset);

    /// <summary>The view of this key; false when there are too many.</summary>
    /// <exception cref="ArgumentException">A selector or the expression does not parse.</exception>
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
    }

    public void RemoveIdle() => RemoveIdle(Linger);

    private ColumnsView Create(ViewKey key)
    {
        if (!IsExpression(key.Selectors)) return new SeriesView(_nextId++, key, engine.Catalog, engine.History, NextOffset());
        var evaluation = new RangeEvaluation(_queries, key.Selectors, key.Step);
        return new ExpressionView(_nextId++, key, evaluation, background, engine.Time, NextOffset());
    }

    /// <summary>What reads as a selector is one: series may be called <c>a-b</c>. What calls a function is an expression, though a name may have parentheses.</summary>
    private static bool IsExpression(string text)
    {
        if (text.Contains('\n', StringComparison.Ordinal) || !QueryEngine.CanRead(text)) return false;
        if (text.Contains('(', StringComparison.Ordinal)) return true;
        try
        {
            Selector.Parse(text);
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    private void RemoveIdle(TimeSpan after)
    {
        foreach (var (key, view) in _views)
        {
            if (view.Viewers == 0 && engine.Time.GetElapsedTime(view.IdleSince) >= after) _views.Remove(key);
        }
    }
}
