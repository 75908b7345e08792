using System.Diagnostics;
using System.Globalization;

namespace Weir.Bench.Engine.Peers;

/// <summary>Blocks as Debian's Prometheus writes them, made by its own promtool.</summary>
internal static class PrometheusBlocks
{
    public const string Package = "prometheus";

    /// <summary>Bytes of the chunk files, without the index, for points that all have their own millisecond.</summary>
    public static async Task<long> BytesAsync(IReadOnlyList<(long[] Times, double[] Values)> series)
    {
        var folder = Directory.CreateTempSubdirectory("weir-bench-").FullName;
        try
        {
            var text = Path.Combine(folder, "points.txt");
            await using (var writer = new StreamWriter(text))
            {
                writer.NewLine = "\n";
                await writer.WriteLineAsync("# TYPE bench gauge");
                for (var number = 0; number < series.Count; number++)
                {
                    var (times, values) = series[number];
                    for (var i = 0; i < times.Length; i++)
                    {
                        await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"bench{{series=\"{number}\"}} {values[i]:R} {times[i] / 1_000_000_000}.{times[i] / 1_000_000 % 1000:000}"));
                    }
                }
                await writer.WriteLineAsync("# EOF");
            }
            var blocks = Path.Combine(folder, "blocks");
            using var promtool = Process.Start(new ProcessStartInfo("promtool", ["tsdb", "create-blocks-from", "openmetrics", "--quiet", text, blocks]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var said = promtool.StandardError.ReadToEndAsync();
            await promtool.StandardOutput.ReadToEndAsync();
            await promtool.WaitForExitAsync();
            if (promtool.ExitCode != 0) throw new InvalidOperationException($"promtool: {await said}");
            return Directory.EnumerateFiles(blocks, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(Path.GetDirectoryName(file)) == "chunks").Sum(file => new FileInfo(file).Length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
