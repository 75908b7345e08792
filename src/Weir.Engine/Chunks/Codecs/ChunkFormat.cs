using System.Numerics;
using System.Runtime.InteropServices;

namespace Weir.Engine.Chunks.Codecs;

/// <summary>Where the fields of a chunk's header stand; all numbers are little-endian. Drawn in docs/storage.md.</summary>
internal static class ChunkFormat
{
    public const byte Version = 1;

    public const int ChecksumAt = 0;
    public const int VersionAt = 4;
    public const int EncodingAt = 5;
    public const int CountAt = 6;
    public const int LengthAt = 8;
    public const int ValuesAt = 12;
    public const int HeaderBytes = 16;

    /// <summary>Columns of the most points take 16 bytes a point and less than 1 KB beside them, whatever the numbers.</summary>
    public const int LengthMax = Chunk.PointsMax * 16 + 1024;

    /// <summary>
    /// CRC-32C of all that follows the checksum: it finds every torn end and every burst of up to 32 bits, and processors compute it eight bytes an instruction.
    /// </summary>
    public static uint Checksum(ReadOnlySpan<byte> chunk)
    {
        var covered = chunk[VersionAt..];
        var crc = uint.MaxValue;
        var words = MemoryMarshal.Cast<byte, ulong>(covered);
        foreach (var word in words) crc = BitOperations.Crc32C(crc, word);
        foreach (var rest in covered[(words.Length * 8)..]) crc = BitOperations.Crc32C(crc, rest);
        return ~crc;
    }
}
