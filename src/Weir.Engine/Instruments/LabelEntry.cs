using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Weir.Engine.Series;

namespace Weir.Engine.Instruments;

/// <summary>Labels under a parent and the handle they lead to.</summary>
internal sealed class LabelEntry
{
    /// <summary>So many labels lie in the entry itself, next to all else that is compared.</summary>
    private const int FewMax = 4;

    private Instrument? _parent;
    private int _count;
    private FewLabels _few;
    private Label[]? _many;

    public Instrument Child { get; private set; } = null!;

    /// <summary>Of the texts.</summary>
    public ulong Hash { get; private set; }

    /// <summary>Valid while the entry holds as many labels.</summary>
    private Span<Label> Labels => (_count > FewMax ? _many : (Span<Label>)_few)[.._count];

    public void Set(Instrument parent, ReadOnlySpan<Label> labels, ulong hash, Instrument child)
    {
        (_parent, _count, Hash, Child) = (parent, labels.Length, hash, child);
        if (_count > FewMax && (_many is null || _many.Length < _count)) _many = new Label[_count];
        labels.CopyTo(Labels);
    }

    /// <summary>Holds other objects for the same texts from now on, in their order.</summary>
    public void Adopt(ReadOnlySpan<Label> labels) => labels.CopyTo(Labels);

    /// <summary>Whether these are the very objects, in the same order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Holds(Instrument parent, ReadOnlySpan<Label> labels)
    {
        if (_parent != parent || _count != labels.Length) return false;
        ref var known = ref First;
        for (var i = 0; i < labels.Length; i++, known = ref Unsafe.Add(ref known, 1))
        {
            if ((object)known.Value != labels[i].Value || (object)known.Name != labels[i].Name) return false;
        }
        return true;
    }

    /// <summary>Whether these are the same labels, in whatever order; and whether they are the very objects, in the same order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Matches(Instrument parent, ReadOnlySpan<Label> labels, out bool areSame)
    {
        areSame = true;
        if (_parent != parent || _count != labels.Length) return false;
        ref var known = ref First;
        ref var given = ref MemoryMarshal.GetReference(labels);
        for (var i = 0; i < labels.Length; i++, known = ref Unsafe.Add(ref known, 1), given = ref Unsafe.Add(ref given, 1))
        {
            var value = given.Value;
            if ((object)known.Name == given.Name && (object)known.Value == value) continue;
            areSame = false;
            if (!LabelText.AreEqual(known.Value, value) || !((object)known.Name == given.Name || known.Name == given.Name)) return MatchesInAnyOrder(Labels, labels);
        }
        return true;
    }

    /// <summary>The loops compare as many labels as there are, and so need no check of their own.</summary>
    private ref Label First
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _count > FewMax ? ref MemoryMarshal.GetArrayDataReference(_many!) : ref _few[0];
    }

    private static bool MatchesInAnyOrder(ReadOnlySpan<Label> known, ReadOnlySpan<Label> labels)
    {
        // Both ways, since past the limit on series nobody has looked whether a label is there twice: (a, a) lies within (a, b).
        return IsWithin(known, labels) && IsWithin(labels, known);
    }

    private static bool IsWithin(ReadOnlySpan<Label> some, ReadOnlySpan<Label> all)
    {
        foreach (ref readonly var label in some)
        {
            if (!all.Contains(label)) return false;
        }
        return true;
    }

    [InlineArray(FewMax)]
    private struct FewLabels
    {
        private Label _first;
    }
}
