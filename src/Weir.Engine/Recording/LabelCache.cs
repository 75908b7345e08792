using System.Numerics;
using System.Runtime.CompilerServices;
using Weir.Engine.Series;

namespace Weir.Engine.Recording;

/// <summary>
/// The handles that one thread found by their labels of late. Whoever passes the same string objects again, as literals and route tables do, is
/// found by their addresses; any other text by its characters. Every key is compared in full. Each table has two places for a hash, and what
/// finds both taken replaces the older, so that the cache never grows.
/// </summary>
internal sealed class LabelCache
{
    /// <summary>
    /// Of each table. Finding by text costs five times what finding by address does, and asking the catalog twenty times, so that both tables are kept
    /// nearly empty: of 256 keys fewer than 1 % then share a pair of places with two others. Full, they take about a megabyte.
    /// </summary>
    public const int EntriesDefault = 4096;

    /// <summary>Labels that a place in the table by address has room for; more are found by their text.</summary>
    private const int FewMax = 4;

    private readonly Place?[] _byAddress;
    private readonly Entry?[] _byText;
    private Label[] _joined = [];

    /// <summary>A linear congruential generator (Numerical Recipes, 7.1): no more than a die.</summary>
    private uint _draw;

    /// <param name="entries">Of each table: a power of two, at least 2.</param>
    public LabelCache(int entries) => (_byAddress, _byText) = (new Place?[entries], new Entry?[entries]);

    /// <summary>The handle of these labels under a parent, or null. Finds it whatever the order of the labels, fastest in the order of its first use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Recorder? Find(Recorder parent, ReadOnlySpan<Label> labels)
    {
        var places = _byAddress;
        var at = (int)LabelHash.OfAddresses(parent.Number, labels) & (places.Length - 1);
        if (places[at] is { } first && first.Holds(parent, labels)) return first.Child;
        if (places[at ^ 1] is { } second && second.Holds(parent, labels)) return second.Child;
        return FindByText(parent, labels);
    }

    /// <summary>Keeps a handle, in the place of an older one if need be, whose memory is used again.</summary>
    public void Add(Recorder parent, ReadOnlySpan<Label> labels, Recorder child)
    {
        var at = (int)LabelHash.OfTexts(parent.Number, labels) & (_byText.Length - 1);
        var older = _byText[at ^ 1];
        if (_byText[at] is not null) _byText[at ^ 1] = _byText[at];
        else older = null;
        _byText[at] = older ??= new Entry();
        older.Set(parent, labels, child);
        AddByAddress(parent, labels, child);
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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Recorder? FindByText(Recorder parent, ReadOnlySpan<Label> labels)
    {
        var at = (int)LabelHash.OfTexts(parent.Number, labels) & (_byText.Length - 1);
        var entry = _byText[at];
        if (entry is null || !entry.Matches(parent, labels)) entry = _byText[at ^ 1];
        if (entry is null || !entry.Matches(parent, labels)) return null;
        // Objects that are passed again are to be found by their addresses. One time in sixteen is soon enough, costs those little whose objects are always
        // new, and lets two of three keys that share two places stay there instead of driving each other out in turn.
        _draw = _draw * 1664525 + 1013904223;
        if (_draw >> 28 == 0 && entry.HasSeen(labels)) AddByAddress(parent, labels, entry.Child);
        return entry.Child;
    }

    private void AddByAddress(Recorder parent, ReadOnlySpan<Label> labels, Recorder child)
    {
        if (labels.Length > FewMax) return;
        var at = (int)LabelHash.OfAddresses(parent.Number, labels) & (_byAddress.Length - 1);
        var older = _byAddress[at ^ 1] ?? new Place();
        _byAddress[at ^ 1] = _byAddress[at];
        _byAddress[at] = older;
        older.Set(parent, labels, child);
    }

    private sealed class Entry
    {
        private Recorder? _parent;
        private Label[] _labels = [];
        private int _count;

        public Recorder Child { get; private set; } = null!;

        public void Set(Recorder parent, ReadOnlySpan<Label> labels, Recorder child)
        {
            if (_labels.Length < labels.Length) _labels = new Label[BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, labels.Length))];
            labels.CopyTo(_labels);
            (_parent, _count, Child) = (parent, labels.Length, child);
        }

        /// <summary>Whether these are the very objects that it was asked for before, in the same order; they are from now on.</summary>
        public bool HasSeen(ReadOnlySpan<Label> labels)
        {
            var seen = true;
            for (var i = 0; i < labels.Length; i++) seen &= (object)_labels[i].Value == labels[i].Value && (object)_labels[i].Name == labels[i].Name;
            if (!seen) labels.CopyTo(_labels);
            return seen;
        }

        /// <summary>Whether these are the same labels, in whatever order.</summary>
        public bool Matches(Recorder parent, ReadOnlySpan<Label> labels)
        {
            if (_parent != parent || _count != labels.Length) return false;
            var known = _labels.AsSpan(0, _count);
            for (var i = 0; i < known.Length; i++)
            {
                if (known[i] != labels[i]) return MatchesInAnyOrder(known, labels);
            }
            return true;
        }

        private static bool MatchesInAnyOrder(ReadOnlySpan<Label> known, ReadOnlySpan<Label> labels)
        {
            // As many labels on both sides and all names of one side different: when each of those has a partner, none is left over.
            foreach (ref readonly var label in known)
            {
                if (!labels.Contains(label)) return false;
            }
            return true;
        }
    }
    [InlineArray(FewMax)]
    private struct FewLabels
    {
        private Label _first;
    }

    /// <summary>All that is compared lies in one or two cache lines.</summary>
    private sealed class Place
    {
        private Recorder? _parent;
        private int _count;
        private FewLabels _labels;

        public Recorder Child { get; private set; } = null!;

        public void Set(Recorder parent, ReadOnlySpan<Label> labels, Recorder child)
        {
            labels.CopyTo(_labels);
            (_parent, _count, Child) = (parent, labels.Length, child);
        }

        /// <summary>Whether these are the very objects, in the same order.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Holds(Recorder parent, ReadOnlySpan<Label> labels)
        {
            if (_parent != parent || _count != labels.Length) return false;
            for (var i = 0; i < labels.Length; i++)
            {
                if ((object)_labels[i].Value != labels[i].Value || (object)_labels[i].Name != labels[i].Name) return false;
            }
            return true;
        }
    }
}
