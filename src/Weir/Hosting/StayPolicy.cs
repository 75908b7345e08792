using System.Reflection;

namespace Weir.Hosting;

/// <summary>Decides whether a process whose Main has ended stays, so that its dashboard can be watched.</summary>
/// <param name="firstViewerGrace">How long to wait for a first viewer.</param>
internal sealed class StayPolicy(TimeSpan firstViewerGrace)
{
    // A page that is reloaded, or a connection that is renewed, is away for a moment.
    private static readonly TimeSpan ViewerAwayMax = TimeSpan.FromSeconds(5);

    private bool _seen;
    private TimeSpan _lastSeen;

    /// <param name="viewers">Viewers connected now.</param>
    /// <param name="sinceEnd">Time since Main ended.</param>
    public bool Stays(int viewers, TimeSpan sinceEnd)
    {
        if (viewers > 0) (_seen, _lastSeen) = (true, sinceEnd);
        return viewers > 0 || (_seen ? sinceEnd - _lastSeen < ViewerAwayMax : sinceEnd < firstViewerGrace);
    }

    /// <summary>Whether this process is a program that someone may watch; a test runner or a build agent waits for its end.</summary>
    public static bool IsWatchable(IEnumerable<Assembly> loaded, Func<string, string?> variable) =>
        string.IsNullOrEmpty(variable("CI")) && !loaded.Any(assembly => IsTestRunner(assembly.GetName().Name ?? ""));

    private static bool IsTestRunner(string assembly) =>
        assembly.StartsWith("Microsoft.Testing.Platform", StringComparison.Ordinal)
        || assembly.StartsWith("Microsoft.VisualStudio.TestPlatform", StringComparison.Ordinal)
        || assembly.StartsWith("xunit.", StringComparison.OrdinalIgnoreCase)
        || assembly.StartsWith("nunit.", StringComparison.OrdinalIgnoreCase)
        || assembly is "testhost" or "TUnit.Core";
}
