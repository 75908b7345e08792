using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Weir.Engine.Instruments;

/// <summary>
/// Hashes and compares texts of a few dozen characters with few branches: their lengths change from call to call, and each wrong guess of the processor costs as much as
/// a dozen characters. Pieces of fixed size are read from the front and one from the end, which may overlap. A text of three characters makes a piece of four with the zero
/// that ends every .NET string.
/// </summary>
internal static class LabelText
{
    /// <summary>Odd factors, drawn anew in each process, so that nobody can choose texts that meet.</summary>
    private static readonly ulong First = Draw(), Last = Draw(), Length = Draw(), Step = Draw() << 1;

    /// <summary>By all characters: pieces of four, each times a factor of its own, so that no step waits for another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Hash(string? text)
    {
        if (text is null) return 0;
        var length = (nuint)text.Length;
        var sum = length * Length;
        if (length < 3) return Mix(length == 0 ? sum : sum + text[0] * First + text[^1] * Last);
        ref var start = ref Start(text);
        if (length < 8) return Mix(sum + Four(ref start, 0) * First + Four(ref start, length - 3) * Last);
        sum += Four(ref start, length - 8) * First + Four(ref start, length - 4) * Last;
        var factor = First + Step;
        for (nuint at = 0; at + 8 < length; at += 8, factor += 2 * Step) sum += Four(ref start, at) * factor + Four(ref start, at + 4) * (factor + Step);
        return Mix(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreEqual(string? a, string? b)
    {
        if (a is null || b is null || a.Length != b.Length) return (object?)a == b;
        var length = (nuint)a.Length;
        if (length < 3) return string.Equals(a, b);
        ref var x = ref Start(a);
        ref var y = ref Start(b);
        if (length < 8) return ((Four(ref x, 0) ^ Four(ref y, 0)) | (Four(ref x, length - 3) ^ Four(ref y, length - 3))) == 0;
        if (length < 16) return ((Eight(ref x, 0) ^ Eight(ref y, 0)) | (Eight(ref x, length - 8) ^ Eight(ref y, length - 8))) == Vector128<ushort>.Zero;
        var differing = Sixteen(ref x, length - 16) ^ Sixteen(ref y, length - 16);
        for (nuint at = 0; at + 16 < length; at += 16) differing |= Sixteen(ref x, at) ^ Sixteen(ref y, at);
        return differing == Vector256<ushort>.Zero;
    }

    private static ref ushort Start(string text) => ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text.AsSpan()));

    private static ulong Four(ref ushort start, nuint at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref Unsafe.Add(ref start, at)));

    private static Vector128<ushort> Eight(ref ushort start, nuint at) => Vector128.LoadUnsafe(ref start, at);

    private static Vector256<ushort> Sixteen(ref ushort start, nuint at) => Vector256.LoadUnsafe(ref start, at);

    /// <summary>The upper bits of a sum of products depend on all of every piece, the lower ones on little.</summary>
    private static ulong Mix(ulong sum) => (sum ^ (sum >> 32)) * First;

    private static ulong Draw() => (ulong)Random.Shared.NextInt64() << 1 | 1;
}
