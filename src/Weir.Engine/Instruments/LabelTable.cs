using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Weir.Engine.Instruments;

/// <summary>
/// Entries by a hash, in sets of four: the upper halves of four hashes lie side by side and are compared at once. Says only where to look; keys are compared by
/// whoever asks.
/// </summary>
internal readonly struct LabelTable
{
    private const int Ways = 4;

    private readonly uint[] _tags;
    private readonly LabelEntry?[] _entries;

    /// <param name="capacity">A power of two, at least 4.</param>
    public LabelTable(int capacity) => (_tags, _entries) = (new uint[capacity], new LabelEntry?[capacity]);

    public int Capacity => _entries.Length;

    /// <summary>Where the set of a hash begins.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int SetOf(ulong hash) => (int)hash & (_entries.Length - Ways);

    /// <summary>The places in a set, as bits, that may hold what has this hash.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Candidates(int set, ulong hash) => Places(set, TagOf(hash));

    /// <summary>The entry at the first of some places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public LabelEntry At(int set, uint places) => _entries[set + BitOperations.TrailingZeroCount(places)]!;

    public bool HasRoom(ulong hash) => Places(SetOf(hash), 0) != 0;

    /// <summary>An entry for this hash: a new one in a free place, else one of those in the set, chosen by a die.</summary>
    public LabelEntry Take(ulong hash, uint die)
    {
        var set = SetOf(hash);
        var free = Places(set, 0);
        var at = set + (free != 0 ? BitOperations.TrailingZeroCount(free) : (int)(die % Ways));
        _tags[at] = TagOf(hash);
        return _entries[at] ??= new LabelEntry();
    }

    /// <summary>The same entries in twice as many places.</summary>
    public LabelTable Doubled()
    {
        // What shared a set of four comes to one of two such sets, so that all find room.
        var doubled = new LabelTable(Capacity * 2);
        foreach (var entry in _entries)
        {
            if (entry is null) continue;
            var at = doubled.SetOf(entry.Hash);
            at += BitOperations.TrailingZeroCount(doubled.Places(at, 0));
            (doubled._tags[at], doubled._entries[at]) = (TagOf(entry.Hash), entry);
        }
        return doubled;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Places(int set, uint tag) => Vector128.Equals(Vector128.LoadUnsafe(ref _tags[set]), Vector128.Create(tag)).ExtractMostSignificantBits();

    /// <summary>Never 0, which marks a free place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint TagOf(ulong hash) => (uint)(hash >> 32) | 1;
}
