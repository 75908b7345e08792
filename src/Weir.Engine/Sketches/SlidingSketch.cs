namespace Weir.Engine.Sketches;

/// <summary>
/// The sketch of the last few panes: a pane comes, the oldest goes. Counts are whole numbers, so a pane's are added when it comes and
/// taken away again when it goes: two passes over its buckets, however many panes there are. What cannot be taken away (extremes, how far values
/// reach, a sum free of drift) is kept by two stacks. Quantiles are those of a sketch into which all panes were merged.
/// </summary>
/// <remarks>
/// Only when a pane goes that alone made the values spread so far that buckets had to fold, all panes are merged anew, to win the precision back:
/// once for each such step down, of which there are at most 13.
/// </remarks>
public sealed class SlidingSketch
{
    /// <summary>A day of minutes.</summary>
    public const int PanesMaxMost = 1440;

    private readonly QuantileSketch?[] _panes;
    private readonly Reach[] _paneReaches;
    private readonly TwoStacks<Reach> _reaches;
    private readonly QuantileSketch _total;
    private int _oldest;

    /// <param name="panesMax">Panes in the window: 1 to 1,440.</param>
    /// <param name="relativeError">As for <see cref="QuantileSketch"/>.</param>
    /// <param name="bucketsMax">As for <see cref="QuantileSketch"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them lies outside its range.</exception>
    public SlidingSketch(int panesMax, double relativeError = QuantileSketch.RelativeErrorDefault, int bucketsMax = QuantileSketch.BucketsMaxLeast)
    {
        if (panesMax is < 1 or > PanesMaxMost)
        {
            throw new ArgumentOutOfRangeException(nameof(panesMax), panesMax, $"A window of {panesMax} panes was asked for; allowed is 1 to {PanesMaxMost:#,0}.");
        }
        _total = new QuantileSketch(relativeError, bucketsMax);
        _panes = new QuantileSketch?[panesMax];
        _paneReaches = new Reach[panesMax];
        _reaches = new TwoStacks<Reach>(panesMax);
    }

    public int PanesMax => _panes.Length;

    /// <summary>Panes held, empty ones included.</summary>
    public int Panes => _reaches.Count;

    /// <summary>What the panes come to. It changes with the next slide; take a copy to keep it.</summary>
    public QuantileSketch Total => _total;

    /// <summary>How often panes were merged anew.</summary>
    internal int Rebuilds { get; private set; }

    /// <summary>
    /// Takes the newest pane in and gives back the oldest when the window was full, else null. A pane in the window must not change; one that
    /// comes back holds what it held and may be used again.
    /// </summary>
    public QuantileSketch? Push(QuantileSketch pane)
    {
        ArgumentNullException.ThrowIfNull(pane);
        var oldest = Panes == PanesMax ? Take() : null;
        var newest = (_oldest + Panes) % PanesMax;
        var reach = pane.Reach();
        (_panes[newest], _paneReaches[newest]) = (pane, reach);
        _reaches.Push(reach);
        if (!TryRecover()) _total.Merge(pane, reach.Positive, reach.Negative);
        _total.TakeExtremes(_reaches.Total);
        return oldest;
    }

    /// <summary>Lets the oldest pane go and gives it back.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    public QuantileSketch Pop()
    {
        var oldest = Take();
        TryRecover();
        _total.TakeExtremes(_reaches.Total);
        return oldest;
    }

    private QuantileSketch Take()
    {
        _reaches.Pop();
        var (oldest, reach) = (_panes[_oldest]!, _paneReaches[_oldest]);
        _panes[_oldest] = null;
        _oldest = (_oldest + 1) % PanesMax;
        _total.Subtract(oldest, reach.Positive, reach.Negative);
        return oldest;
    }

    /// <summary>Merges all panes anew, if by now the values reach less far than the buckets had to fold for.</summary>
    private bool TryRecover()
    {
        if (!_total.CouldBeFiner(_reaches.Total)) return false;
        Rebuilds++;
        _total.Clear();
        for (var i = 0; i < Panes; i++) _total.Merge(_panes[(_oldest + i) % PanesMax]!);
        return true;
    }
}
