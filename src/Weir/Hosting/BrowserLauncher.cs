using System.ComponentModel;
using System.Diagnostics;

namespace Weir.Hosting;

/// <summary>Opens the dashboard in the browser of the person who started the program, where there is such a person.</summary>
internal static class BrowserLauncher
{
    /// <summary>Whether someone sits at a desktop and started this from a terminal.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="isTerminal">Whether the output goes to a terminal.</param>
    public static bool HasDesktop(Func<string, string?> variable, bool isTerminal)
    {
        if (!isTerminal || IsSet("CI") || IsSet("SSH_CONNECTION")) return false;
        return OperatingSystem.IsWindows() ? Environment.UserInteractive : OperatingSystem.IsMacOS() || IsSet("DISPLAY") || IsSet("WAYLAND_DISPLAY");

        bool IsSet(string name) => !string.IsNullOrEmpty(variable(name));
    }

    /// <summary>Opens the address; that there is no browser is no failure, the address was printed.</summary>
    public static void Open(Uri url)
    {
        var start = OperatingSystem.IsWindows() ? new ProcessStartInfo(url.AbsoluteUri) { UseShellExecute = true }
            : new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [url.AbsoluteUri])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
        try
        {
            Process.Start(start)?.Dispose();
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
        }
    }
}
