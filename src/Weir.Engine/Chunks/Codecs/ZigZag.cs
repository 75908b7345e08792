namespace Weir.Engine.Chunks.Codecs;

/// <summary>Signed numbers near zero as small unsigned ones: 0, −1, 1, −2 become 0, 1, 2, 3.</summary>
internal static class ZigZag
{
    public static ulong Encode(long number) => (ulong)((number << 1) ^ (number >> 63));

    public static long Decode(ulong number) => (long)(number >>> 1) ^ -(long)(number & 1);
}
