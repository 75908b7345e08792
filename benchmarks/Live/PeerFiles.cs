using System.Diagnostics;

namespace Weir.Bench.Live;

/// <summary>The pages of the peers and the packages they need.</summary>
internal static class PeerFiles
{
    public static string Folder { get; } = Path.Combine(Run.Root, "benchmarks", "Live", "web");

    /// <summary>Restores the pinned packages when they are not there.</summary>
    public static async Task RestoreAsync()
    {
        if (File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json"))) return;
        using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--no-fund", "--no-audit", "--loglevel=error"]) { WorkingDirectory = Folder, RedirectStandardOutput = true })!;
        await npm.WaitForExitAsync();
        if (npm.ExitCode != 0) throw new InvalidOperationException("npm could not restore the peers' packages.");
    }
}
