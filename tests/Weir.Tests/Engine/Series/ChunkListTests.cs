using Weir.Engine.Chunks;
using Weir.Engine.Ladders;
using Weir.Engine.Series;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Series;

public sealed class ChunkListTests
{
    [Fact]
    public void Chunks_and_ladder_are_as_if_built_anew_whatever_is_replaced() => Property.Holds(40, random =>
    {
        var (list, plain, time) = (new ChunkList(), new List<SealedChunk>(), 0L);
        for (var step = 0; step < 60; step++)
        {
            for (var i = random.Next(3) == 0 ? random.Next(300) : random.Next(3); i > 0; i--) Add(StubChunk.Sealed(random, time += 1000));
            for (var i = random.Next(4) == 0 ? random.Next(40) : 0; i > 0 && plain.Count > 1; i--)
            {
                list.RemoveOldest();
                plain.RemoveAt(0);
            }
            var snapshot = list.Publish(1, null, null);
            var before = (plain.ToArray(), snapshot);
            Replace(random.Next(3));
            AssertHolds([.. plain], list.Publish(1, null, null), random);
            AssertHolds(before.Item1, before.snapshot, random);
            Assert.Equal(plain.Sum(chunk => (long)chunk.Chunk.Count), list.Points);
            // The lists and the ladder come on top: 16 bytes and a bucket of 48 a chunk, and what is spare.
            Assert.InRange(list.Bytes - plain.Sum(chunk => chunk.Chunk.Bytes), plain.Count * 64, (plain.Count + 1000) * 64 * 3);
        }

        void Add(SealedChunk chunk)
        {
            list.Add(chunk);
            plain.Add(chunk);
        }

        void Replace(int partsMax)
        {
            var replacements = new List<ChunkReplacement>();
            var shift = 0;
            for (var index = random.Next(30); index < list.Count; index += 1 + random.Next(80))
            {
                var replaced = list[index].LastTime;
                var parts = Enumerable.Range(0, 1 + random.Next(1 + partsMax)).Select(i => StubChunk.Sealed(random, replaced - 100 + i)).ToList();
                replacements.Add(new(index, parts));
                plain.RemoveAt(index + shift);
                plain.InsertRange(index + shift, parts);
                shift += parts.Count - 1;
            }
            if (replacements.Count > 0) list.Replace(replacements.ToArray());
        }
    });

    [Fact]
    public void Many_replacements_copy_the_list_once()
    {
        const int chunks = 20_000, replaced = 200;
        var (list, random) = (new ChunkList(), new Random(1));
        for (var i = 0; i < chunks; i++) list.Add(StubChunk.Sealed(random, i));
        var replacements = Enumerable.Range(0, replaced).Select(i => new ChunkReplacement(i * 100, [StubChunk.Sealed(random, i * 100)])).ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        list.Replace(replacements);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        // Once the lists (16 bytes a chunk) and the ladder (48, and a sixteenth more), each with spare room: half as much as two copies would take.
        Assert.InRange(allocated, chunks * 64, chunks * 64 * 1.6);
    }

    [Fact]
    public void Long_list_is_not_copied_for_every_chunk_that_goes()
    {
        const int chunks = 20_000, removed = 2_000;
        var (list, random) = (new ChunkList(), new Random(1));
        for (var i = 0; i < chunks; i++) list.Add(StubChunk.Sealed(random, i));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < removed; i++) list.RemoveOldest();
        // A copy has room for an eighth more, 16 bytes each; there is one for every 32nd of them.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 5 * chunks * 18);
    }

    /// <summary>What a list holds beyond its chunks, of those that are gone, is a 32nd of them and is counted.</summary>
    [Fact]
    public void Bytes_count_chunks_that_are_gone_until_they_are_let_go()
    {
        var (list, random) = (new ChunkList(), new Random(1));
        for (var i = 0; i < 640; i++) list.Add(StubChunk.Sealed(random, i));
        var gone = Enumerable.Range(0, 640).Select(_ =>
        {
            list.RemoveOldest();
            return list.Bytes;
        }).ToArray();
        Assert.True(gone[0] == gone[18] && gone[18] > gone[20], "The first 19 of 640 wait for the 20th.");
        Assert.Equal(0, list.Points);
    }

    private static void AssertHolds(SealedChunk[] expected, SeriesSnapshot snapshot, Random random)
    {
        Assert.Equal(expected.Length, snapshot.SealedCount);
        for (var i = 0; i < expected.Length; i++) Assert.Same(expected[i].Chunk, snapshot.Segment(i));
        for (var run = 0; run < 40 && expected.Length > 0; run++)
        {
            var from = random.Next(expected.Length);
            var to = random.Next(2) == 0 ? expected.Length : random.Next(from, expected.Length + 1);
            var scanned = Bucket.Empty;
            foreach (var chunk in expected[from..to]) scanned.Merge(chunk.Summary);
            Assert.Equal(scanned, snapshot.Summary(from, to));
        }
    }

    /// <summary>A point or two, whose sums are exact in any order.</summary>
    private sealed class StubChunk(long[] times, double[] values) : Chunk
    {
        public static SealedChunk Sealed(Random random, long lastTime)
        {
            long[] times = random.Next(2) == 0 ? [lastTime] : [lastTime - 1, lastTime];
            var values = times.Select(_ => (double)random.Next(-1000, 1000)).ToArray();
            return new(new StubChunk(times, values), Bucket.Of(times, values));
        }

        public override int Count => times.Length;

        public override long FirstTime => times[0];

        public override long LastTime => times[^1];

        public override long Bytes => 700 * times.Length;

        public override ReadOnlySpan<long> Times(ChunkSpace space) => times;

        public override ReadOnlySpan<double> Values(int from, int to, ChunkSpace space) => values.AsSpan(from..to);

        public override int PositionOf(long time, ChunkSpace space) => throw new NotSupportedException();

        public override long TimeAt(int position, ChunkSpace space) => throw new NotSupportedException();
    }
}
