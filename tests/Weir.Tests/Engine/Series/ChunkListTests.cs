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
        var (list, plain, time) = (new ChunkList(), new List<Chunk>(), 0L);
        for (var step = 0; step < 60; step++)
        {
            for (var i = random.Next(3) == 0 ? random.Next(300) : random.Next(3); i > 0; i--) Add(new StubChunk(random, time += 1000));
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
            Assert.Equal(plain.Sum(chunk => (long)chunk.Count), list.Points);
            // The lists and the ladder come on top: 16 bytes and a bucket of 40 a chunk, and what is spare.
            Assert.InRange(list.Bytes - plain.Sum(chunk => chunk.Bytes), plain.Count * 56, (plain.Count + 1000) * 56 * 3);
        }

        void Add(Chunk chunk)
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
                var parts = Enumerable.Range(0, 1 + random.Next(1 + partsMax)).Select(i => (Chunk)new StubChunk(random, replaced - 100 + i)).ToList();
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
        for (var i = 0; i < chunks; i++) list.Add(new StubChunk(random, i));
        var replacements = Enumerable.Range(0, replaced).Select(i => new ChunkReplacement(i * 100, [new StubChunk(random, i * 100)])).ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        list.Replace(replacements);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        // Once the lists (16 bytes a chunk) and the ladder (40, and a sixteenth more), each with spare room: half as much as two copies would take.
        Assert.InRange(allocated, chunks * 56, chunks * 56 * 1.6);
    }

    private static void AssertHolds(Chunk[] expected, SeriesSnapshot snapshot, Random random)
    {
        Assert.Equal(expected.Length, snapshot.SealedCount);
        for (var i = 0; i < expected.Length; i++) Assert.Same(expected[i], snapshot.Segment(i));
        for (var run = 0; run < 40 && expected.Length > 0; run++)
        {
            var first = snapshot.FirstOrdinal;
            var from = first + random.Next(expected.Length);
            if (random.Next(4) > 0) from = Math.Max(first, from / 16 * 16);
            if (random.Next(2) == 0) from = Math.Max(first, from / 256 * 256);
            var to = first + expected.Length - (random.Next(2) == 0 ? 0 : random.Next(first + expected.Length - from));
            var length = snapshot.Ladder.Widest(from, to, out var bucket);
            if (length == 0)
            {
                Assert.True(from % 16 != 0 || from + 16 > to, $"No bucket for chunks {from} to {to}.");
                continue;
            }
            var scanned = Bucket.Empty;
            for (var i = from; i < from + length; i++) scanned.Merge(expected[i - first].Summary with { ArgMin = i, ArgMax = i });
            Assert.Equal(scanned, bucket);
        }
    }

    /// <summary>No points, only a summary of whole numbers, so that sums are exact in any order.</summary>
    private sealed class StubChunk(Random random, long lastTime) : Chunk
    {
        private readonly Bucket _summary = new() { Min = random.Next(-1000, 0), Max = random.Next(1000), Sum = random.Next(100), Count = random.Next(1, 100) };

        public override int Count => _summary.Count;

        public override long FirstTime => lastTime;

        public override long LastTime => lastTime;

        public override ref readonly Bucket Summary => ref _summary;

        public override double FirstValue => 0;

        public override double LastValue => 0;

        public override long MinTime => lastTime;

        public override long MaxTime => lastTime;

        public override long Bytes => 7 * _summary.Count;

        public override ReadOnlySpan<long> Times(ChunkSpace space) => throw new NotSupportedException();

        public override ReadOnlySpan<double> Values(ChunkSpace space) => throw new NotSupportedException();
    }
}
