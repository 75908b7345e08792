using System.Diagnostics;

namespace Weir.Bench.Engine.Peers;

/// <summary>Peers that Debian offers, installed when they are not there.</summary>
internal static class DebianPackages
{
    public static async Task RequireAsync(params string[] packages)
    {
        var missing = packages.Where(package => !File.Exists($"/usr/share/doc/{package}/copyright")).ToArray();
        if (missing.Length == 0) return;
        Run.Say($"  installing {string.Join(", ", missing)}…");
        var apt = $"apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends {string.Join(' ', missing)}";
        using var process = Process.Start(new ProcessStartInfo("sh", ["-c", Environment.IsPrivilegedProcess ? apt : $"sudo sh -c '{apt}'"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = process.StandardError.ReadToEndAsync();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"The peers {string.Join(", ", missing)} could not be installed: {await said}");
    }
}
