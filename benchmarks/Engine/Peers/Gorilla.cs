using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Weir.Bench.Engine.Peers;

/// <summary>
/// The compression of Gorilla (Pelkonen et al., VLDB 2015): deltas of deltas of times in classes of 7, 9, 12, 32 bits, values XORed with the one before,
/// leading and trailing zeros left out. As fast as it plainly gets: a 64-bit buffer, unaligned words, no calls in the loops. Times keep
/// nanoseconds, so the last class holds 64 bits instead of 32; regular times cost one bit as in the paper. The caller may give a coarser unit, and times
/// then cost what they do in the paper, where they are whole seconds.
/// </summary>
internal sealed class Gorilla
{
    private ulong[] _words = new ulong[16];
    private int _bits;

    public int Bytes => (_bits + 7) / 8;

    public void Encode(ReadOnlySpan<long> times, ReadOnlySpan<double> values)
    {
        // A point takes at most 68 bits of time and 77 of value.
        var needed = times.Length * 145 / 64 + 4;
        if (_words.Length < needed) _words = new ulong[needed];
        Array.Clear(_words);
        _bits = 0;
        var (time, delta) = (times[0], 0L);
        var (previous, leading, trailing) = (BitConverter.DoubleToUInt64Bits(values[0]), 65, 0);
        Write((ulong)time, 64);
        Write(previous, 64);
        for (var i = 1; i < times.Length; i++)
        {
            var next = times[i] - time;
            var change = next - delta;
            (time, delta) = (times[i], next);
            if (change == 0) Write(0, 1);
            else if (change is >= -63 and <= 64) Write(0b01 | (ulong)(change + 63) << 2, 9);
            else if (change is >= -255 and <= 256) Write(0b011 | (ulong)(change + 255) << 3, 12);
            else if (change is >= -2047 and <= 2048) Write(0b0111 | (ulong)(change + 2047) << 4, 16);
            else
            {
                Write(0b1111, 4);
                Write((ulong)change, 64);
            }

            var bits = BitConverter.DoubleToUInt64Bits(values[i]);
            var xor = bits ^ previous;
            previous = bits;
            if (xor == 0)
            {
                Write(0, 1);
                continue;
            }
            var (lead, trail) = (Math.Min(31, BitOperations.LeadingZeroCount(xor)), BitOperations.TrailingZeroCount(xor));
            if (lead >= leading && trail >= trailing)
            {
                Write(0b01, 2);
                Write(xor >>> trailing, 64 - leading - trailing);
            }
            else
            {
                (leading, trailing) = (lead, trail);
                var length = 64 - lead - trail;
                Write(0b11 | (ulong)lead << 2 | (ulong)(length - 1) << 7, 13);
                Write(xor >>> trail, length);
            }
        }
    }

    public void Decode(Span<long> times, Span<double> values)
    {
        ref var words = ref MemoryMarshal.GetReference(MemoryMarshal.AsBytes(_words.AsSpan()));
        var at = 128;
        var (time, delta) = ((long)_words[0], 0L);
        var (bits, length, trailing) = (_words[1], 0, 0);
        times[0] = time;
        values[0] = BitConverter.UInt64BitsToDouble(bits);
        for (var i = 1; i < times.Length; i++)
        {
            // 57 bits or more from here on: enough for the class and all but the longest change.
            var ahead = Peek(ref words, at);
            if ((ahead & 1) == 0) at++;
            else if ((ahead & 2) == 0)
            {
                delta += (long)(ahead >>> 2 & 0x7F) - 63;
                at += 9;
            }
            else if ((ahead & 4) == 0)
            {
                delta += (long)(ahead >>> 3 & 0x1FF) - 255;
                at += 12;
            }
            else if ((ahead & 8) == 0)
            {
                delta += (long)(ahead >>> 4 & 0xFFF) - 2047;
                at += 16;
            }
            else
            {
                delta += (long)Peek64(ref words, at + 4);
                at += 68;
            }
            time += delta;
            times[i] = time;

            ahead = Peek(ref words, at);
            if ((ahead & 1) == 0) at++;
            else
            {
                if ((ahead & 2) == 0) at += 2;
                else
                {
                    var leading = (int)(ahead >>> 2 & 0x1F);
                    length = (int)(ahead >>> 7 & 0x3F) + 1;
                    trailing = 64 - leading - length;
                    at += 13;
                }
                bits ^= (Peek64(ref words, at) & (ulong.MaxValue >>> (64 - length))) << trailing;
                at += length;
            }
            values[i] = BitConverter.UInt64BitsToDouble(bits);
        }
    }

    /// <summary>At least 57 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Peek(ref byte words, int at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref words, at >>> 3)) >>> (at & 7);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Peek64(ref byte words, int at)
    {
        ref var eight = ref Unsafe.Add(ref words, at >>> 3);
        var shift = at & 7;
        // Shifting twice leaves nothing of the ninth byte when there is nothing to take from it.
        return Unsafe.ReadUnaligned<ulong>(ref eight) >>> shift | (ulong)Unsafe.Add(ref eight, 8) << 1 << (63 - shift);
    }

    private void Write(ulong bits, int count)
    {
        bits &= ulong.MaxValue >>> (64 - count);
        var (word, shift) = (_bits >>> 6, _bits & 63);
        _words[word] |= bits << shift;
        if (shift + count > 64) _words[word + 1] = bits >>> (64 - shift);
        _bits += count;
    }
}
