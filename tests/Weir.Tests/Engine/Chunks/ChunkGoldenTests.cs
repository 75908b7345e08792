using System.Globalization;
using Weir.Engine.Chunks;
using Weir.Engine.Chunks.Codecs;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Chunks;

/// <summary>
/// Chunks written down byte for byte: what was stored yesterday opens tomorrow. Each <c>NAME.txt</c> of tests/golden/chunks has times, values and the bytes, line by
/// line with what they mean.
/// </summary>
public sealed class ChunkGoldenTests
{
    private const string Folder = "tests/golden/chunks";

    public static TheoryData<string> Names => [.. Repository.Files(Folder).Select(file => Path.GetFileNameWithoutExtension(file)!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Points_become_these_bytes_and_come_back(string name)
    {
        var (points, bytes) = Read(name);
        Assert.Equal(Convert.ToHexString(bytes), Convert.ToHexString(ChunkEncoder.OfThread.Encode(points.Times, points.Values)));
        Assert.True(EncodedChunk.TryOpen(bytes, out var chunk, out var fault), fault?.Message);
        Points.AssertSame(points, new Points(chunk.Times(ChunkSpace.OfThread).ToArray(), chunk.Values(ChunkSpace.OfThread).ToArray()));
    }

    [Fact]
    public void All_encodings_and_shapes_are_written_down()
    {
        var meanings = string.Concat(Names.Select(name => Repository.Read($"{Folder}/{name.Data}.txt")));
        foreach (var meaning in new[] { "values: decimal", "values: ordered", "values: split", ": line", ": distances", ": deltas\n", ": deltas of deltas", "positions: ", "exceptions 4" })
        {
            Assert.Contains(meaning, meanings, StringComparison.Ordinal);
        }
    }

    private static (Points Points, byte[] Bytes) Read(string name)
    {
        var lines = Repository.Read($"{Folder}/{name}.txt").Split('\n');
        var times = After("times: ").Select(time => long.Parse(time, CultureInfo.InvariantCulture)).ToArray();
        var values = After("values: ").Select(value => double.Parse(value, CultureInfo.InvariantCulture)).ToArray();
        // Two spaces before the bytes, two before what they mean.
        var hex = lines.SkipWhile(line => line != "bytes:").Skip(1).Where(line => line.Length > 0).Select(line => line[2..].Split("  ")[0].Replace(" ", "", StringComparison.Ordinal));
        return (new Points(times, values), Convert.FromHexString(string.Concat(hex)));

        string[] After(string start) => lines.First(line => line.StartsWith(start, StringComparison.Ordinal))[start.Length..].Split(' ');
    }
}
