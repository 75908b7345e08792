using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Weir.Engine.Chunks.Codecs;

/// <summary>How wide the vectors of a decoding loop are. Every width gives the same result; tests force each.</summary>
internal enum VectorWidth
{
    /// <summary>No vectors: the plain twin of the others.</summary>
    Scalar,
    Bits128,
    Bits256,
    Bits512,
}

internal static class VectorWidths
{
    /// <summary>The widest this machine is good at. Of the 512 bit machines those count that permute bytes across a whole vector (VBMI).</summary>
    public static readonly VectorWidth Widest =
        Avx512Vbmi.IsSupported && Vector512.IsHardwareAccelerated ? VectorWidth.Bits512
        : Avx2.IsSupported ? VectorWidth.Bits256
        : Vector128.IsHardwareAccelerated ? VectorWidth.Bits128
        : VectorWidth.Scalar;
}
