namespace Weir.Tests.Connectors;

/// <summary>Recorded inputs of the sources, and what they come to, as readable files.</summary>
internal static class Golden
{
    public static string Directory { get; } = Find();

    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Directory, name));

    private static string Find()
    {
        for (var directory = AppContext.BaseDirectory; directory is not null; directory = Path.GetDirectoryName(directory))
        {
            var golden = Path.Combine(directory, "tests", "golden", "connectors");
            if (System.IO.Directory.Exists(golden)) return golden;
        }
        throw new DirectoryNotFoundException($"There is no tests/golden/connectors above {AppContext.BaseDirectory}.");
    }
}
