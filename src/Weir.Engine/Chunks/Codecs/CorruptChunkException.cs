namespace Weir.Engine.Chunks.Codecs;

/// <summary>The bytes of a chunk do not say what a chunk says. Names the byte and what is wrong there.</summary>
internal sealed class CorruptChunkException(int offset, string what) : Exception($"Chunk is corrupt at byte {offset}: {what}.")
{
    public int Offset => offset;
}
