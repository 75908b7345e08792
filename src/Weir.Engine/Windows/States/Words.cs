using System.Numerics;

namespace Weir.Engine.Windows.States;

/// <summary>Whole numbers as words of 32 bits, the lowest first: products by the method of pencil and paper, since those here have a few words.</summary>
internal static class Words
{
    /// <summary>Adds a product; there must be room for what it comes to.</summary>
    public static void AddProduct(Span<uint> into, ReadOnlySpan<uint> a, ReadOnlySpan<uint> b)
    {
        for (var i = 0; i < a.Length; i++)
        {
            var carry = 0UL;
            var at = i;
            foreach (var word in b)
            {
                carry += (ulong)a[i] * word + into[at];
                into[at++] = (uint)carry;
                carry >>= 32;
            }
            for (; carry != 0; carry >>= 32)
            {
                carry += into[at];
                into[at++] = (uint)carry;
            }
        }
    }

    /// <summary>Takes a product away that is no greater.</summary>
    public static void SubtractProduct(Span<uint> from, ReadOnlySpan<uint> a, ReadOnlySpan<uint> b)
    {
        for (var i = 0; i < a.Length; i++)
        {
            var borrow = 0UL;
            var at = i;
            foreach (var word in b)
            {
                borrow += (ulong)a[i] * word;
                var difference = from[at] - (long)(uint)borrow;
                from[at++] = (uint)difference;
                borrow = (borrow >> 32) + (difference < 0 ? 1UL : 0);
            }
            while (borrow != 0)
            {
                var difference = from[at] - (long)(uint)borrow;
                from[at++] = (uint)difference;
                borrow = (borrow >> 32) + (difference < 0 ? 1UL : 0);
            }
        }
    }

    /// <summary>Bits up to the highest one.</summary>
    public static int BitLength(ReadOnlySpan<uint> words)
    {
        var top = words.LastIndexOfAnyExcept(0u);
        return top < 0 ? 0 : 32 * top + 32 - BitOperations.LeadingZeroCount(words[top]);
    }

    /// <summary>The lowest 64 bits of a number without so many of its own.</summary>
    /// <param name="words">The number.</param>
    /// <param name="shift">0 or more.</param>
    public static ulong ShiftRight(ReadOnlySpan<uint> words, int shift)
    {
        UInt128 bits = 0;
        for (var i = 2; i >= 0; i--) bits = bits << 32 | ((shift >> 5) + i < words.Length ? words[(shift >> 5) + i] : 0);
        return (ulong)(bits >> (shift & 31));
    }
}
