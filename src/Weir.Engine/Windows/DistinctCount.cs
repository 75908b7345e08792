using System.Numerics;

namespace Weir.Engine.Windows;

/// <summary>
/// Counts different values: exactly up to <see cref="ExactMax"/>, beyond it by a <see cref="HyperLogLog"/> with a standard error of
/// 1.6 %. Depends on the set of values alone, not on their order or on how it was put together. Zero and −0 are one value.
/// </summary>
/// <remarks>At most 4 KB of registers, and a set of at most 1,024 values (at most 16 KB).</remarks>
public sealed class DistinctCount
{
    /// <summary>Values that are told apart exactly.</summary>
    public const int ExactMax = 1024;

    private readonly HashTable _exact = new();
    private byte[]? _registers;
    private bool _isEstimate;

    /// <summary>Whether <see cref="Count"/> is an estimate.</summary>
    public bool IsEstimate => _isEstimate;

    /// <summary>How many different values were added; a whole number as long as it is exact.</summary>
    public double Count => _isEstimate ? Estimate() : _exact.Count;

    /// <summary>The hashes of the values as long as it is exact; 0 is a free slot.</summary>
    internal ReadOnlySpan<ulong> Hashes => _exact.Slots;

    /// <summary>The greatest rank of each register once it is an estimate.</summary>
    internal ReadOnlySpan<byte> Registers => _registers;

    /// <summary>Bytes on the heap: 72 of both objects, the slots, and the registers once there are any.</summary>
    internal long Bytes => 72 + _exact.Bytes + (_registers is null ? 0 : 24 + HyperLogLog.Registers);

    public void Add(double value) => AddHash(HashOf(value));

    /// <summary>What stands for a value; never 0. Adding zero makes −0 a 0.</summary>
    internal static ulong HashOf(double value) => Mix(BitConverter.DoubleToUInt64Bits(value + 0.0));

    /// <summary>Makes this the count of both together.</summary>
    public void Merge(DistinctCount other)
    {
        if (!other._isEstimate)
        {
            foreach (var hash in other._exact.Slots)
            {
                if (hash != 0) AddHash(hash);
            }
            return;
        }
        if (!_isEstimate) ToEstimate();
        MaxOfEach(_registers!, other._registers!);
    }

    public void Clear()
    {
        _exact.Clear();
        if (_isEstimate) Array.Clear(_registers!);
        _isEstimate = false;
    }

    private void AddHash(ulong hash)
    {
        if (!_isEstimate)
        {
            _exact.Add(hash);
            if (_exact.Count > ExactMax) ToEstimate();
            return;
        }
        Register(hash);
    }

    private void ToEstimate()
    {
        _registers ??= new byte[HyperLogLog.Registers];
        _isEstimate = true;
        foreach (var hash in _exact.Slots)
        {
            if (hash != 0) Register(hash);
        }
        _exact.Clear();
    }

    private void Register(ulong hash)
    {
        var rank = HyperLogLog.RankOf(hash);
        ref var register = ref _registers![HyperLogLog.RegisterOf(hash)];
        if (rank > register) register = rank;
    }

    /// <summary>The finalizer of SplitMix64 (Steele, Lea and Flood 2014): a bijection, so different values stay different.</summary>
    private static ulong Mix(ulong bits)
    {
        bits += 0x9E3779B97F4A7C15;
        bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ bits >> 27) * 0x94D049BB133111EB;
        bits ^= bits >> 31;
        // Zero marks a free slot; that the value of hash 0 is taken for that of hash 1 misleads one time in 2^64.
        return bits == 0 ? 1 : bits;
    }

    private static void MaxOfEach(Span<byte> into, ReadOnlySpan<byte> other)
    {
        for (var i = 0; i <= into.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Max(new Vector<byte>(into[i..]), new Vector<byte>(other[i..])).CopyTo(into[i..]);
        }
    }

    private double Estimate()
    {
        Span<int> ranks = stackalloc int[HyperLogLog.RankMax + 1];
        foreach (var rank in _registers!) ranks[rank]++;
        return HyperLogLog.Estimate(ranks);
    }

    /// <summary>A set of hashes with open addressing, at most half full; the hashes are spread already.</summary>
    private sealed class HashTable
    {
        private ulong[] _slots = new ulong[16];

        public int Count { get; private set; }

        public long Bytes => 24 + sizeof(ulong) * _slots.Length;

        /// <summary>The hashes; 0 where a slot is free.</summary>
        public ReadOnlySpan<ulong> Slots => Count == 0 ? [] : _slots;

        public void Add(ulong hash)
        {
            if (!TryPlace(_slots, hash)) return;
            Count++;
            if (Count * 2 <= _slots.Length || Count > ExactMax) return;
            var grown = new ulong[_slots.Length * 2];
            foreach (var known in _slots)
            {
                if (known != 0) TryPlace(grown, known);
            }
            _slots = grown;
        }

        public void Clear()
        {
            if (Count > 0) Array.Clear(_slots);
            Count = 0;
        }

        private static bool TryPlace(ulong[] slots, ulong hash)
        {
            var mask = slots.Length - 1;
            for (var slot = (int)hash & mask; ; slot = (slot + 1) & mask)
            {
                if (slots[slot] == hash) return false;
                if (slots[slot] != 0) continue;
                slots[slot] = hash;
                return true;
            }
        }
    }
}
