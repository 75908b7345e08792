namespace Weir.Engine.Windows.Totals;

/// <summary>Which pane is the newest that holds a hash: a map with open addressing, at most half full; the hashes are spread already.</summary>
internal sealed class NewestPanes
{
    private ulong[] _hashes = new ulong[16];
    private long[] _panes = new long[16];

    public int Count { get; private set; }

    public long Bytes => 40 + 2 * (24 + sizeof(ulong) * (long)_hashes.Length);

    /// <summary>Slots, of which those with a hash of 0 are free.</summary>
    public int Capacity => _hashes.Length;

    public (ulong Hash, long Pane) this[int slot] => (_hashes[slot], _panes[slot]);

    /// <summary>A hash is in a pane, newer than all before. The pane that was its newest; −1 when there was none.</summary>
    public long Put(ulong hash, long pane)
    {
        var slot = SlotOf(hash);
        if (_hashes[slot] == hash)
        {
            var before = _panes[slot];
            _panes[slot] = pane;
            return before;
        }
        (_hashes[slot], _panes[slot]) = (hash, pane);
        if (++Count * 2 > _hashes.Length) Grow();
        return -1;
    }

    /// <summary>Removes a hash if this pane is its newest.</summary>
    public void Remove(ulong hash, long pane)
    {
        var free = SlotOf(hash);
        if (_hashes[free] != hash || _panes[free] != pane) return;
        Count--;
        var mask = _hashes.Length - 1;
        // What stands behind moves up unless it would come to lie before its own place (Knuth, volume 3, algorithm 6.4R).
        for (var slot = (free + 1) & mask; _hashes[slot] != 0; slot = (slot + 1) & mask)
        {
            if (((slot - (int)_hashes[slot]) & mask) < ((slot - free) & mask)) continue;
            (_hashes[free], _panes[free]) = (_hashes[slot], _panes[slot]);
            free = slot;
        }
        _hashes[free] = 0;
    }

    public void Clear()
    {
        Array.Clear(_hashes);
        Count = 0;
    }

    /// <summary>Where a hash stands, or the free slot where it would.</summary>
    private int SlotOf(ulong hash)
    {
        var mask = _hashes.Length - 1;
        var slot = (int)hash & mask;
        while (_hashes[slot] != hash && _hashes[slot] != 0) slot = (slot + 1) & mask;
        return slot;
    }

    private void Grow()
    {
        var (hashes, panes) = (_hashes, _panes);
        (_hashes, _panes) = (new ulong[hashes.Length * 2], new long[hashes.Length * 2]);
        for (var i = 0; i < hashes.Length; i++)
        {
            if (hashes[i] == 0) continue;
            var slot = SlotOf(hashes[i]);
            (_hashes[slot], _panes[slot]) = (hashes[i], panes[i]);
        }
    }
}
