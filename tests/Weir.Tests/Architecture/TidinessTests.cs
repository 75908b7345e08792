using Weir.Tests.Data;

namespace Weir.Tests.Architecture;

public sealed class TidinessTests
{
    [Fact]
    public void Every_file_is_tidy() => AssertNone(Repository.Files().SelectMany(file => Tidiness.Wrong(file, Repository.Read(file))));

    [Fact]
    public void Every_link_of_the_documents_leads_somewhere() => AssertNone(Repository.Files()
        .Where(file => file.EndsWith(".md", StringComparison.Ordinal))
        .SelectMany(file => Tidiness.BrokenLinks(file, Repository.Read(file), path => Path.Exists(Repository.PathOf(path)))));

    [Theory]
    [InlineData("src/A.cs", "class B;\n", "declares no type of its name")]
    [InlineData("src/A.cs", "class A;", "does not end with a newline")]
    [InlineData("src/A.cs", "class A; \n", "A.cs:1: space at the end")]
    [InlineData("src/A.cs", "class A;\r\n", "A.cs:1: space at the end")]
    [InlineData("src/A.cs", "class\tA; class A;\n", "A.cs:1: a tab")]
    [InlineData("src/A.cs", "class A; // TO\u0044O later\n", "TO\u0044O")]
    [InlineData("src/A.cs", "class A { string P = \"/ro\u006ft/me\"; }\n", "a path of one machine")]
    [InlineData("tests/A.cs", "[Fact(Sk\u0069p = \"slow\")] class A;\n", "a test that does not run")]
    [InlineData("src/PathHelper.cs", "class PathHelper;\n", "'Helper' says nothing")]
    [InlineData("src/Common/A.cs", "class A;\n", "'Common' says nothing")]
    [InlineData("web/src/utils.ts", "\n", "'utils' says nothing")]
    [InlineData("web/src/wire/misc/x.ts", "\n", "'misc' says nothing")]
    public void Untidy_file_is_caught(string file, string content, string says) =>
        Assert.Contains(says, Assert.Single(Tidiness.Wrong(file, content)), StringComparison.Ordinal);

    [Theory]
    [InlineData("src/A.cs", "internal sealed record A(int B);\n")]
    [InlineData("src/A.Stream.cs", "partial class A;\n")]
    [InlineData("src/A.cs", "public delegate void A();\n")]
    [InlineData("web/src/commonality.ts", "\n")]
    [InlineData("docs/x.bin", "\t \t")]
    [InlineData("src/Shapes.cs", "class Circle(int r) : Shape;\nclass Square : Shape;\n")]
    [InlineData("src/Parser.cs", "class Parser { int Sk\u0069p = 1; }\n")]
    [InlineData("tests/golden/meters/iostat.txt", "as recorded:\t1 ")]
    public void Tidy_file_is_not(string file, string content) => Assert.Empty(Tidiness.Wrong(file, content));

    [Fact]
    public void Long_file_is_caught() =>
        Assert.Contains("401 lines", Assert.Single(Tidiness.Wrong("src/A.cs", "class A;\n" + new string('\n', 400))), StringComparison.Ordinal);

    [Fact]
    public void Broken_link_is_caught()
    {
        const string document = "[a](../README.md#top) [b](gone.md) [c](https://example.org) [d](#here)\n```\n[e](in-code.md)\n```\n";
        var wrong = Tidiness.BrokenLinks("docs/guide.md", document, path => path == "README.md");
        Assert.Equal("docs/guide.md: the link to gone.md leads nowhere.", Assert.Single(wrong));
    }

    private static void AssertNone(IEnumerable<string> wrong)
    {
        var all = wrong.ToArray();
        Assert.True(all.Length == 0, "Untidy:\n" + string.Join('\n', all));
    }
}
