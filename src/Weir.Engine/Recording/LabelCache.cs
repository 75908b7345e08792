using System.Numerics;
using System.Runtime.CompilerServices;
using Weir.Engine.Series;

namespace Weir.Engine.Recording;

/// <summary>
/// The handles that one thread found by their labels of late. Two places for each hash, every key compared in full; what finds both taken
/// replaces the older, so that the cache never grows.
/// </summary>
internal sealed class LabelCache
{
    public const int EntriesDefault = 1024;

    private readonly Entry[] _entries;
    private Label[] _joined = [];

    /// <param name="entries">A power of two, at least 2.</param>
    public LabelCache(int entries) => _entries = new Entry[(int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, entries))];

    /// <summary>The handle of these labels under a parent, or null. Finds it whatever the order of the labels, fastest in the order of its first use.</summary>
    public Recorder? Find(Recorder parent, ReadOnlySpan<Label> labels)
    {
        var entries = _entries;
        var at = (int)LabelHash.Of(parent.Number, labels) & (entries.Length - 1);
        ref var first = ref entries[at];
        if (first.Parent == parent && Match(first.Known, labels)) return first.Child;
        ref var second = ref entries[at ^ 1];
        return second.Parent == parent && Match(second.Known, labels) ? second.Child : null;
    }

    public void Add(Recorder parent, ReadOnlySpan<Label> labels, Recorder child)
    {
        var at = (int)LabelHash.Of(parent.Number, labels) & (_entries.Length - 1);
        ref var entry = ref _entries[at];
        if (entry.Parent is not null)
        {
            // The older of the two is the one further away, whose array of labels is used again.
            ref var older = ref _entries[at ^ 1];
            (older, entry) = (entry, older);
        }
        if (entry.Labels is null || entry.Labels.Length < labels.Length) entry.Labels = new Label[BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, labels.Length))];
        labels.CopyTo(entry.Labels);
        (entry.Parent, entry.Child, entry.Count) = (parent, child, labels.Length);
    }

    /// <summary>Both runs of labels as one; valid until the next call.</summary>
    public ReadOnlySpan<Label> Join(ReadOnlySpan<Label> first, ReadOnlySpan<Label> second)
    {
        if (first.IsEmpty) return second;
        var count = first.Length + second.Length;
        if (count > _joined.Length) _joined = new Label[count];
        first.CopyTo(_joined);
        second.CopyTo(_joined.AsSpan(first.Length));
        return _joined.AsSpan(0, count);
    }

    /// <summary>Whether these are the same labels; the names of <paramref name="known"/> are all different.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Match(ReadOnlySpan<Label> known, ReadOnlySpan<Label> labels)
    {
        if (known.Length != labels.Length) return false;
        for (var i = 0; i < known.Length; i++)
        {
            // One text nearly always is one object, which costs no look at its characters.
            if ((object)known[i].Name != labels[i].Name || (object)known[i].Value != labels[i].Value) return MatchByText(known, labels, i);
        }
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool MatchByText(ReadOnlySpan<Label> known, ReadOnlySpan<Label> labels, int from)
    {
        for (var i = from; i < known.Length; i++)
        {
            if (known[i] != labels[i]) return MatchInAnyOrder(known, labels);
        }
        return true;
    }

    private static bool MatchInAnyOrder(ReadOnlySpan<Label> known, ReadOnlySpan<Label> labels)
    {
        // As many labels on both sides and all names of one side different: when each of those has a partner, none is left over.
        foreach (var label in known)
        {
            if (!labels.Contains(label)) return false;
        }
        return true;
    }

    private struct Entry
    {
        public Recorder? Parent;
        public Recorder Child;
        public Label[]? Labels;
        public int Count;

        public readonly ReadOnlySpan<Label> Known => Labels.AsSpan(0, Count);
    }
}
