namespace Weir.Cli.Demo;

/// <summary>The log files of a machine that are worth following.</summary>
internal static class LogFiles
{
    private static readonly string[] Known =
    [
        "/var/log/syslog", "/var/log/messages", "/var/log/system.log", "/var/log/daemon.log", "/var/log/kern.log", "/var/log/dpkg.log", "/var/log/dnf.log", "/var/log/pacman.log",
    ];

    /// <summary>The first that is there, may be read and is not empty; null when there is none.</summary>
    public static string? FindReadable(IEnumerable<string>? paths = null) => (paths ?? Known).FirstOrDefault(IsReadable);

    private static bool IsReadable(string path)
    {
        try
        {
            using var handle = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            return RandomAccess.GetLength(handle) > 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
