using System.Numerics;

namespace Weir.Engine.Windows;

/// <summary>
/// Counts different values: exactly up to <see cref="ExactMax"/>, beyond it by a HyperLogLog of 4,096 registers with a standard error of
/// 1.04/√4096 = 1.6 %. Depends on the set of values alone, not on their order or on how it was put together. Zero and −0 are one value.
/// </summary>
/// <remarks>
/// Flajolet et al. 2007, "HyperLogLog"; read with the estimator of Ertl 2017 (https://arxiv.org/abs/1702.01284, algorithm 6), which needs no
/// correction for small or large counts. At most 4 KB of registers, or a set of at most 1,024 values (about 20 KB).
/// </remarks>
public sealed class DistinctCount
{
    /// <summary>Values that are told apart exactly.</summary>
    public const int ExactMax = 1024;

    private const int RegisterBits = 12;
    private const int Registers = 1 << RegisterBits;
    private const int RankMax = 64 - RegisterBits + 1;

    private readonly HashSet<ulong> _exact = [];
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
        foreach (var hash in other._exact) AddHash(hash);
        if (!other._isEstimate) return;
        if (!_isEstimate) ToEstimate();
        for (var i = 0; i < Registers; i++) _registers![i] = Math.Max(_registers[i], other._registers![i]);
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
            if (!_exact.Add(hash) || _exact.Count <= ExactMax) return;
            ToEstimate();
        }
        Register(hash);
    }

    private void ToEstimate()
    {
        _registers ??= new byte[Registers];
        _isEstimate = true;
        foreach (var hash in _exact) Register(hash);
        _exact.Clear();
        _exact.TrimExcess();
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
        return bits ^ bits >> 31;
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
}
