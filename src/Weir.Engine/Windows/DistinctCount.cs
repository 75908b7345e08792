using System.Numerics;

namespace Weir.Engine.Windows;

/// <summary>
/// Counts different values: exactly up to <see cref="ExactMax"/>, beyond it by a HyperLogLog of 4,096 registers with a standard error of
/// 1.04/√4096 = 1.6 %. Depends on the set of values alone, not on their order or on how it was put together. Zero and −0 are one value.
/// </summary>
/// <remarks>
/// Flajolet et al. 2007, "HyperLogLog"; read with the estimator of Ertl 2017 (https://arxiv.org/abs/1702.01284, algorithm 6), which needs no
/// correction for small or large counts. At most 4 KB of registers, or a set of at most 1,024 values (at most 16 KB).
/// </remarks>
public sealed class DistinctCount
{
    /// <summary>Values that are told apart exactly.</summary>
    public const int ExactMax = 1024;

    private const int RegisterBits = 12;
    private const int Registers = 1 << RegisterBits;
    private const int RankMax = 64 - RegisterBits + 1;

    private readonly HashTable _exact = new();
    private byte[]? _registers;
    private bool _isEstimate;

    /// <summary>Whether <see cref="Count"/> is an estimate.</summary>
    public bool IsEstimate => _isEstimate;

    /// <summary>How many different values were added; a whole number as long as it is exact.</summary>
    public double Count => _isEstimate ? Estimate() : _exact.Count;

    public void Add(double value)
    {
        // Adding zero makes −0 a 0.
        AddHash(Mix(BitConverter.DoubleToUInt64Bits(value + 0.0)));
    }

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
        _registers ??= new byte[Registers];
        _isEstimate = true;
        foreach (var hash in _exact.Slots)
        {
            if (hash != 0) Register(hash);
        }
        _exact.Clear();
    }

    private void Register(ulong hash)
    {
        var rank = (byte)(BitOperations.LeadingZeroCount(hash << RegisterBits | 1UL << (RegisterBits - 1)) + 1);
        ref var register = ref _registers![hash >> (64 - RegisterBits)];
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
        Span<int> ranks = stackalloc int[RankMax + 1];
        foreach (var rank in _registers!) ranks[rank]++;
        var z = Registers * Tau(1 - (double)ranks[RankMax] / Registers);
        for (var rank = RankMax - 1; rank >= 1; rank--) z = 0.5 * (z + ranks[rank]);
        z += Registers * Sigma((double)ranks[0] / Registers);
        return Registers / (2 * Math.Log(2)) * Registers / z;
    }

    /// <summary>x + Σ x^(2^k)·2^(k−1), over the registers never touched. There are always some touched: x is below 1.</summary>
    private static double Sigma(double x)
    {
        var (power, sum) = (1.0, x);
        for (var before = double.NaN; sum != before; power += power)
        {
            x *= x;
            before = sum;
            sum += x * power;
        }
        return sum;
    }

    /// <summary>⅓·(1 − x − Σ (1 − x^(2^−k))²·2^−k), over the registers that are full.</summary>
    private static double Tau(double x)
    {
        if (x is 0 or 1) return 0;
        var (power, sum) = (1.0, 1 - x);
        for (var before = double.NaN; sum != before;)
        {
            x = Math.Sqrt(x);
            before = sum;
            power *= 0.5;
            sum -= (1 - x) * (1 - x) * power;
        }
        return sum / 3;
    }

    /// <summary>A set of hashes with open addressing, at most half full; the hashes are spread already.</summary>
    private sealed class HashTable
    {
        private ulong[] _slots = new ulong[16];

        public int Count { get; private set; }

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
