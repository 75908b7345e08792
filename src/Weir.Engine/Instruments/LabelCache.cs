using System.Runtime.CompilerServices;
using Weir.Engine.Series;

namespace Weir.Engine.Instruments;

/// <summary>
/// The handles that one thread found by their labels of late. Whoever passes the same string objects again, as literals and route tables do, is
/// found by their addresses; any other text by its characters. Every key is compared in full.
/// </summary>
/// <remarks>
/// Memory is allocated for labels that are new to the thread and for nothing else: both tables lead to the same entries and double together while
/// sets fill, up to a limit, after which older entries are used again. Labels that run away, or are chosen to meet in one set, so cost a lookup in the catalog each and no memory.
/// </remarks>
internal sealed class LabelCache
{
    /// <summary>Full, it takes about 700 KB.</summary>
    public const int EntriesDefault = 4096;

    private const int EntriesFirst = 64;

    private const int EntriesLeast = 4;

    /// <summary>Addresses for each entry, so that fewer than 1 % of the keys share a pair of places with two others.</summary>
    private const int AddressesEach = 4;

    /// <summary>After so many texts whose objects were new, addresses are not asked until as many were not.</summary>
    private const int TrustMax = 8;

    private readonly int _entriesMax;
    private LabelTable _byText;
    private LabelEntry?[] _byAddress;
    private Label[] _joined = [];
    private int _trust = TrustMax;

    /// <summary>A linear congruential generator (Numerical Recipes, 7.1): no more than a die.</summary>
    private uint _draw;

    /// <param name="entriesMax">A power of two, at least 4; or 0, and nothing is kept.</param>
    public LabelCache(int entriesMax)
    {
        _entriesMax = entriesMax;
        _byText = new(Math.Clamp(entriesMax, EntriesLeast, EntriesFirst));
        _byAddress = new LabelEntry?[_byText.Capacity * AddressesEach];
    }

    /// <summary>The handle of these labels under a parent, or null. Finds it whatever the order of the labels, fastest in the order of its first use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Instrument? Find(Instrument parent, ReadOnlySpan<Label> labels)
    {
        if (_trust >= 0)
        {
            var places = _byAddress;
            var at = LabelHash.OfAddresses(parent.Number, labels) & (places.Length - 1);
            if (places[at] is { } first && first.Holds(parent, labels)) return first.Child;
            if (places[at ^ 1] is { } second && second.Holds(parent, labels)) return second.Child;
        }
        return FindByText(parent, labels);
    }

    /// <summary>Keeps a handle that was not found, in the place of an older one if need be, whose memory is used again.</summary>
    public void Add(Instrument parent, ReadOnlySpan<Label> labels, Instrument child)
    {
        if (_entriesMax == 0) return;
        var hash = LabelHash.OfTexts(parent.Number, labels);
        while (!_byText.HasRoom(hash) && _byText.Capacity < _entriesMax) Grow();
        var entry = _byText.Take(hash, Draw());
        entry.Set(parent, labels, hash, child);
        AddByAddress(parent, labels, entry);
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
    private Instrument? FindByText(Instrument parent, ReadOnlySpan<Label> labels)
    {
        var hash = LabelHash.OfTexts(parent.Number, labels);
        var set = _byText.SetOf(hash);
        for (var places = _byText.Candidates(set, hash); places != 0; places &= places - 1)
        {
            var entry = _byText.At(set, places);
            if (!entry.Matches(parent, labels, out var areSame)) continue;
            Learn(parent, labels, entry, areSame);
            return entry.Child;
        }
        return null;
    }

    /// <summary>Whether addresses are worth asking for, and which.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Learn(Instrument parent, ReadOnlySpan<Label> labels, LabelEntry entry, bool areSame)
    {
        if (areSame)
        {
            if (_trust >= 0) AddByAddress(parent, labels, entry);
            if (_trust < TrustMax) _trust++;
            return;
        }
        if (_trust > -TrustMax) _trust--;
        // Other objects for the same texts: they may come again, or never. One time in 64 costs those little whose objects are always new.
        if (Draw() >> 26 == 0) entry.Adopt(labels);
    }

    private void AddByAddress(Instrument parent, ReadOnlySpan<Label> labels, LabelEntry entry)
    {
        var at = LabelHash.OfAddresses(parent.Number, labels) & (_byAddress.Length - 1);
        _byAddress[at ^ 1] = _byAddress[at];
        _byAddress[at] = entry;
    }

    private void Grow()
    {
        _byText = _byText.Doubled();
        _byAddress = new LabelEntry?[_byText.Capacity * AddressesEach];
    }

    private uint Draw() => _draw = _draw * 1664525 + 1013904223;
}
