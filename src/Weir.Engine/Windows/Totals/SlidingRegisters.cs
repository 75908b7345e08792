using System.Runtime.CompilerServices;

namespace Weir.Engine.Windows.Totals;

/// <summary>
/// The registers of a <see cref="HyperLogLog"/> over the last few panes. Of each register those ranks are kept that are or may become its greatest: each
/// with the newest pane that has it, the older the greater. How many registers have each rank is kept as well, so that reading looks at no register.
/// </summary>
/// <remarks>Chabchoub and Hébrail 2010, "Sliding HyperLogLog". A handful of ranks a register: 53 at most, about the logarithm of its values.</remarks>
internal sealed class SlidingRegisters
{
    /// <summary>The newest rank of each register, as a place among <see cref="_entries"/>; 0 for none.</summary>
    private readonly int[] _newest = new int[HyperLogLog.Registers];
    private readonly int[] _ranks = new int[HyperLogLog.RankMax + 1];

    /// <summary>Lists of what is kept and of what is free; the first is never used.</summary>
    private Entry[] _entries = new Entry[HyperLogLog.Registers];
    private int _used = 1;
    private int _free;

    public SlidingRegisters() => _ranks[0] = HyperLogLog.Registers;

    private struct Entry
    {
        public long Pane;
        public int Older;
        public byte Rank;
    }

    public long Bytes => 48 + 2 * 24 + sizeof(int) * (_newest.Length + _ranks.Length) + 24 + Unsafe.SizeOf<Entry>() * (long)_entries.Length;

    public double Estimate => HyperLogLog.Estimate(_ranks);

    /// <summary>A pane has a rank in a register.</summary>
    public void Add(int register, byte rank, long pane)
    {
        // Before anything refers to an entry.
        if (_free == 0 && _used == _entries.Length) Array.Resize(ref _entries, _entries.Length * 2);
        ref var link = ref _newest[register];
        var greatest = 0;
        for (; link != 0 && _entries[link].Pane > pane; link = ref _entries[link].Older)
        {
            greatest = _entries[link].Rank;
            if (greatest >= rank) return;
        }
        while (link != 0 && _entries[link].Rank <= rank) greatest = RemoveFirst(ref link);
        if (link == 0) Move(greatest, rank);
        else if (_entries[link].Pane == pane) return;
        var entry = Take();
        _entries[entry] = new() { Pane = pane, Older = link, Rank = rank };
        link = entry;
    }

    /// <summary>Forgets what a register has of panes before <paramref name="first"/>.</summary>
    public void Leave(int register, long first)
    {
        ref var link = ref _newest[register];
        var (left, gone) = (0, 0);
        while (link != 0 && _entries[link].Pane >= first)
        {
            left = _entries[link].Rank;
            link = ref _entries[link].Older;
        }
        if (link == 0) return;
        while (link != 0) gone = RemoveFirst(ref link);
        Move(gone, left);
    }

    public void Clear()
    {
        Array.Clear(_newest);
        Array.Clear(_ranks);
        (_ranks[0], _used, _free) = (HyperLogLog.Registers, 1, 0);
    }

    private void Move(int from, int to)
    {
        _ranks[from]--;
        _ranks[to]++;
    }

    /// <summary>Takes the first entry off a list, and tells its rank.</summary>
    private byte RemoveFirst(ref int link)
    {
        var entry = link;
        link = _entries[entry].Older;
        _entries[entry].Older = _free;
        _free = entry;
        return _entries[entry].Rank;
    }

    private int Take()
    {
        if (_free == 0) return _used++;
        var entry = _free;
        _free = _entries[entry].Older;
        return entry;
    }
}
