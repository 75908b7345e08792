namespace Weir.Connectors.Logs;

/// <summary>Finds where the last lines of a file begin, reading it from its end.</summary>
internal static class LastLines
{
    private const int BlockBytes = 16_384;

    /// <summary>
    /// The position at which the last <paramref name="count"/> lines begin. A file of endless lines is searched no further back than so many lines
    /// of <paramref name="lengthMax"/> bytes reach.
    /// </summary>
    public static long FindStart(FollowedFile file, int count, int lengthMax)
    {
        var end = file.Length;
        if (count == 0) return end;
        var oldest = Math.Max(0, end - (long)count * lengthMax);
        var block = new byte[BlockBytes];
        // The newline at the very end closes the last line; it does not begin another.
        var wanted = count + (EndsInNewline(file, end) ? 1 : 0);
        for (var to = end; to > oldest;)
        {
            var from = Math.Max(oldest, to - BlockBytes);
            var read = block.AsSpan(0, file.Read(block.AsSpan(0, (int)(to - from)), from));
            for (var at = read.LastIndexOf((byte)'\n'); at >= 0; at = read[..at].LastIndexOf((byte)'\n'))
            {
                if (--wanted == 0) return from + at + 1;
            }
            to = from;
        }
        return oldest;
    }

    private static bool EndsInNewline(FollowedFile file, long end)
    {
        Span<byte> last = stackalloc byte[1];
        return end > 0 && file.Read(last, end - 1) == 1 && last[0] == (byte)'\n';
    }
}
