namespace Weir.Engine.Ladders;

/// <summary>
/// The ladder inside one chunk: a bucket for every 16 points and for every 256, so that any run of a chunk is summed up in at most
/// about 64 steps. A bucket is written once, when its last point is in; readers that know how many points are published use only
/// finished buckets and need no lock.
/// </summary>
internal sealed class ChunkLadder(int capacity)
{
    public const int FanOut = 16;

    private readonly Bucket[] _sixteens = new Bucket[capacity / FanOut];
    private readonly Bucket[] _rows = new Bucket[capacity / (FanOut * FanOut)];

    public long Bytes => (_sixteens.Length + _rows.Length) * 40L;

    /// <summary>Writes the buckets that are finished by the points from <paramref name="from"/> up to the end of <paramref name="values"/>.</summary>
    public void Extend(ReadOnlySpan<double> values, int from)
    {
        for (var i = from / FanOut; i < values.Length / FanOut; i++)
        {
            var bucket = Bucket.Empty;
            bucket.Add(values.Slice(i * FanOut, FanOut), i * FanOut);
            _sixteens[i] = bucket;
            if ((i + 1) % FanOut != 0) continue;
            var row = Bucket.Empty;
            foreach (ref readonly var part in _sixteens.AsSpan(i + 1 - FanOut, FanOut)) row.Merge(part);
            _rows[i / FanOut] = row;
        }
    }

    /// <summary>Sums up <c>values[from..to]</c>; every full bucket inside must be finished.</summary>
    public void Summarize(ReadOnlySpan<double> values, int from, int to, ref Bucket into)
    {
        const int row = FanOut * FanOut;
        var at = from;
        while (at < to)
        {
            if (at % row == 0 && at + row <= to)
            {
                into.Merge(_rows[at / row]);
                at += row;
            }
            else if (at % FanOut == 0 && at + FanOut <= to)
            {
                into.Merge(_sixteens[at / FanOut]);
                at += FanOut;
            }
            else
            {
                var next = Math.Min(to, (at / FanOut + 1) * FanOut);
                into.Add(values[at..next], at);
                at = next;
            }
        }
    }
}
