using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Weir.Engine.Chunks.Codecs;

/// <summary>
/// The greatest unit that divides all of some numbers: nanoseconds of a millisecond clock become milliseconds, bytes of pages become pages. A few numbers
/// give a unit that is seldom too large; one pass without a division finds the first that it does not divide.
/// </summary>
internal static class CommonUnit
{
    /// <summary>Numbers, other than 0, that a unit is first looked for in.</summary>
    private const int SampleSize = 8;

    /// <summary>Divides distances, of which at least one is not 0, by their greatest common divisor and gives it.</summary>
    public static ulong Divide(Span<long> distances, VectorWidth vectors)
    {
        var (unit, seen) = (0UL, 0);
        for (var i = 0; i < distances.Length && seen < SampleSize && unit != 1; i++)
        {
            if (distances[i] == 0) continue;
            unit = GreatestCommonDivisor((ulong)distances[i], unit);
            seen++;
        }
        while (unit != 1)
        {
            var divisor = new ExactDivisor(unit);
            var at = divisor.FirstNotDivisible(distances, vectors);
            if (at == distances.Length)
            {
                divisor.Divide(distances, vectors);
                break;
            }
            unit = GreatestCommonDivisor((ulong)distances[at], unit);
        }
        return unit;
    }

    private static ulong GreatestCommonDivisor(ulong a, ulong b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }

    /// <summary>
    /// Division without remainder: a shift, and a multiplication with the inverse of the odd part modulo 2^64. A number that it does not divide comes out
    /// larger than any quotient can be (Warren, "Hacker's Delight", 2nd edition, 10-16 and 10-17).
    /// </summary>
    private readonly struct ExactDivisor
    {
        private readonly int _shift;
        private readonly ulong _inverse;
        private readonly ulong _quotientMax;

        public ExactDivisor(ulong divisor)
        {
            _shift = BitOperations.TrailingZeroCount(divisor);
            var odd = divisor >>> _shift;
            _quotientMax = ulong.MaxValue / divisor;
            // Newton: three bits are right at first, and twice as many after each step.
            _inverse = odd;
            for (var bits = 3; bits < 64; bits *= 2) _inverse *= 2 - odd * _inverse;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public int FirstNotDivisible(ReadOnlySpan<long> numbers, VectorWidth vectors)
        {
            var (shift, inverse, quotientMax, i) = (_shift, _inverse, _quotientMax, 0);
            if (vectors != VectorWidth.Scalar)
            {
                ref var from = ref MemoryMarshal.GetReference(numbers);
                var (inverses, max) = (Vector512.Create(inverse), Vector512.Create(quotientMax));
                for (; i <= numbers.Length - Vector512<ulong>.Count; i += Vector512<ulong>.Count)
                {
                    var lanes = Vector512.LoadUnsafe(ref from, (nuint)i).AsUInt64() * inverses;
                    // Bits that the shift would lose come in again at the top, where they are too large.
                    var rotated = shift == 0 ? lanes : (lanes >>> shift) | (lanes << (64 - shift));
                    if (Vector512.GreaterThanAny(rotated, max)) break;
                }
            }
            for (; i < numbers.Length; i++)
            {
                if (BitOperations.RotateRight((ulong)numbers[i] * inverse, shift) > quotientMax) break;
            }
            return i;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Divide(Span<long> numbers, VectorWidth vectors)
        {
            var (shift, inverse, i) = (_shift, (long)_inverse, 0);
            if (vectors != VectorWidth.Scalar)
            {
                foreach (ref var lanes in MemoryMarshal.Cast<long, Vector512<long>>(numbers))
                {
                    lanes = (lanes >>> shift) * inverse;
                    i += Vector512<long>.Count;
                }
            }
            for (; i < numbers.Length; i++) numbers[i] = (numbers[i] >>> shift) * inverse;
        }
    }
}
