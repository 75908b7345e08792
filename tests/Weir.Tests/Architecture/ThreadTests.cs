using System.Text.RegularExpressions;
using Weir.Tests.Data;

namespace Weir.Tests.Architecture;

/// <summary>An exception that leaves a thread or a timer ends the application's process: only what catches all may make one.</summary>
public sealed partial class ThreadTests
{
    private static readonly string[] Guarded =
        ["src/Weir.Connectors/Poller.cs", "src/Weir.Engine/EngineLoop.cs", "src/Weir.Server/Gateway/TickLoop.cs", "src/Weir.Server/Gateway/ViewerGateway.cs"];

    [Fact]
    public void Threads_and_timers_are_made_where_all_exceptions_are_caught() => Assert.Equal(
        Guarded,
        Repository.Files()
            .Where(file => file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal) && Makes().IsMatch(Repository.Read(file)))
            .Order(StringComparer.Ordinal));

    [GeneratedRegex(@"new (?:Thread|Timer|PeriodicTimer)\(|\.CreateTimer\(|ThreadPool\.|async void")]
    private static partial Regex Makes();
}
