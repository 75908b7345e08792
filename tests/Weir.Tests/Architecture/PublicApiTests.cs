using System.Reflection;
using PublicApiGenerator;
using Weir.Tests.Data;

namespace Weir.Tests.Architecture;

public sealed class PublicApiTests
{
    private static readonly ApiGeneratorOptions Options = new() { IncludeAssemblyAttributes = false };

    [Theory]
    [InlineData("Weir")]
    [InlineData("Weir.Engine")]
    [InlineData("Weir.Visuals")]
    [InlineData("Weir.Connectors")]
    [InlineData("Weir.Server")]
    public void Public_surface_is_the_accepted_one(string assembly)
    {
        var now = Assembly.Load(assembly).GeneratePublicApi(Options).ReplaceLineEndings("\n");
        var file = $"tests/golden/public-api/{assembly}.txt";
        if (Environment.GetEnvironmentVariable("WEIR_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Repository.PathOf("tests/golden/public-api"));
            File.WriteAllText(Repository.PathOf(file), now);
            return;
        }
        var accepted = File.Exists(Repository.PathOf(file)) ? Repository.Read(file) : "";
        if (now != accepted) Assert.Fail($"{assembly} shows another surface than {file}. To accept it, run the tests once with WEIR_ACCEPT=1.\n{Difference(accepted, now)}");
    }

    [Fact]
    public void Difference_names_what_went_and_what_came() =>
        Assert.Equal("- class A\n-     int B\n+ class A\n+     int C\n+     int D\n", Difference("class A\n    int B\n", "class A\n    int C\n    int D\n"));

    /// <summary>Lines that only one side has, each type's members under it, so that a reader sees whose they are.</summary>
    private static string Difference(string before, string after) => Only(before, after, '-') + Only(after, before, '+');

    private static string Only(string text, string other, char sign)
    {
        var (known, type, said) = (Qualified(other).ToHashSet(), "", "");
        foreach (var (line, qualified) in text.Split('\n').Zip(Qualified(text)))
        {
            if (!line.StartsWith(' ')) type = line;
            if (line.Length == 0 || known.Contains(qualified)) continue;
            if (line != type && type.Length > 0) said += $"{sign} {type}\n";
            type = "";
            said += $"{sign} {line}\n";
        }
        return said;
    }

    private static IEnumerable<string> Qualified(string text)
    {
        var type = "";
        foreach (var line in text.Split('\n'))
        {
            if (!line.StartsWith(' ')) type = line;
            yield return line.StartsWith(' ') ? type + line : line;
        }
    }
}
