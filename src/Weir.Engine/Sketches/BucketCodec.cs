namespace Weir.Engine.Sketches;

/// <summary>
/// The counts of one sign as bytes: how many buckets are in use, the first of them, and for each a number that is twice its count, plus one where
/// buckets were passed over, followed then by how many less one. Where neighbours are in use, as in the body of most distributions, a
/// bucket with a count under 64 takes one byte.
/// </summary>
internal static class BucketCodec
{
    public static void Write(ByteWriter writer, in BucketCounts counts)
    {
        var used = counts.Used;
        var buckets = 0UL;
        for (var index = used.First; index <= used.Last; index++) buckets += counts[index - counts.First] > 0 ? 1UL : 0;
        writer.WriteVariable(buckets);
        if (buckets == 0) return;
        writer.WriteVariable((ulong)used.First);
        var next = used.First;
        for (var index = used.First; index <= used.Last; index++)
        {
            var count = (ulong)counts[index - counts.First];
            if (count == 0) continue;
            var passed = index - next;
            writer.WriteVariable(count * 2 + (passed > 0 ? 1UL : 0));
            if (passed > 0) writer.WriteVariable((ulong)passed - 1);
            next = index + 1;
        }
    }

    /// <summary>Reads buckets one by one. Whatever the bytes, each is one of the precision, they rise, and none has more than 2^62 values.</summary>
    public struct Buckets(int precision)
    {
        private long _left = -1;
        private int _next;

        public int Index { get; private set; }

        public long Count { get; private set; }

        /// <summary>The next bucket; false after the last.</summary>
        public bool Read(ref ByteReader reader)
        {
            var end = LogLinear.End(precision);
            if (_left < 0)
            {
                _left = reader.ReadVariable("a number of buckets", 0, end - LogLinear.First(precision));
                if (_left > 0) _next = (int)reader.ReadVariable("a first bucket", LogLinear.First(precision), end - 1);
            }
            if (_left-- == 0) return false;
            var at = reader.Position;
            var token = reader.ReadVariable("a count", 2, long.MaxValue);
            (Count, Index) = (token / 2, _next);
            if (token % 2 == 1) Index += (int)reader.ReadVariable("a gap", 0, end) + 1;
            if (Index >= end) throw ByteReader.Malformed(at, $"bucket {Index} lies past {end - 1}");
            _next = Index + 1;
            return true;
        }
    }
}
