using System.Numerics;

namespace Weir.Engine.Windows;

/// <summary>
/// What a HyperLogLog of 4,096 registers is: each hash belongs to one register, which keeps the greatest rank of its hashes. The standard error is
/// 1.04/√4096 = 1.6 %.
/// </summary>
/// <remarks>
/// Flajolet et al. 2007, "HyperLogLog"; read with the estimator of Ertl 2017 (https://arxiv.org/abs/1702.01284, algorithm 6), which needs no
/// correction for small or large counts.
/// </remarks>
internal static class HyperLogLog
{
    public const int Registers = 1 << RegisterBits;

    /// <summary>The greatest rank of a hash; ranks begin at 1, and 0 is a register never touched.</summary>
    public const int RankMax = 64 - RegisterBits + 1;

    private const int RegisterBits = 12;

    public static int RegisterOf(ulong hash) => (int)(hash >> (64 - RegisterBits));

    /// <summary>How many zeros begin the rest of the hash, and one.</summary>
    public static byte RankOf(ulong hash) => (byte)(BitOperations.LeadingZeroCount(hash << RegisterBits | 1UL << (RegisterBits - 1)) + 1);

    /// <summary>How many different hashes there were.</summary>
    /// <param name="ranks">How many registers have each rank, from 0 to <see cref="RankMax"/>.</param>
    public static double Estimate(ReadOnlySpan<int> ranks)
    {
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
