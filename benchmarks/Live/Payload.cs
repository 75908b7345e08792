using System.IO.Compression;

namespace Weir.Bench.Live;

/// <summary>What a browser has to load, packed as well as gzip can.</summary>
internal static class Payload
{
    public static Task RunAsync(Run run)
    {
        var built = Path.Combine(Run.Root, "web", "dist");
        string[] loaded = [".html", ".js", ".css"];
        var ours = Directory.EnumerateFiles(built, "*", SearchOption.AllDirectories).Where(file => loaded.Contains(Path.GetExtension(file))).Sum(Packed);
        var peer = Packed(Path.Combine(PeerFiles.Folder, "node_modules", "echarts", "dist", "echarts.min.js"));
        run.Add(new Measurement("payload, gzip", "KB", ours / 1e3)
        {
            Note = "All .html, .js and .css of the built dashboard, whether the first page asks for it or not; the peer is the full bundle of ECharts alone, without a page.",
        }.Against("ECharts 6", peer / 1e3).AtMost(80));
        return Task.CompletedTask;
    }

    private static long Packed(string file)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) gzip.Write(File.ReadAllBytes(file));
        return packed.Length;
    }
}
