using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using Weir.Tests.Data;
using Weir.Visuals.Text;

namespace Weir.Tests.Visuals.Text;

public sealed class MarkdownTests
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var one in JsonNode.Parse(Repository.Read("tests/golden/markdown/cases.json"))!.AsArray())
        {
            data.Add((string)one!["source"]!, one["blocks"]!.ToJsonString());
        }
        return data;
    }

    /// <summary>The browser's tests draw the same file.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Text_is_read_as_blocks(string source, string blocks) =>
        Assert.Equal(blocks, JsonNode.Parse(MarkdownJson.Serialize(source))!.ToJsonString());

    [Theory]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVaScRiPt:alert(1))")]
    [InlineData("[x](&#106;avascript:alert(1))")]
    [InlineData("[x](&#x6A;&#x61;vascript&colon;alert(1))")]
    [InlineData("[x](javascript&#58;alert(1))")]
    [InlineData("[x](java\\script:alert(1))")]
    [InlineData("[x](<java\tscript:alert(1)>)")]
    [InlineData("[x](java&Tab;script:alert(1))")]
    [InlineData("[x](java&NewLine;script:alert(1))")]
    [InlineData("[x](<&#1;javascript:alert(1)>)")]
    [InlineData("[x](< javascript:alert(1)>)")]
    [InlineData("[x](vbscript:msgbox(1))")]
    [InlineData("[x](data:text/html;base64,PHNjcmlwdD4=)")]
    [InlineData("[x](DATA:image/svg+xml,<svg/onload=alert(1)>)")]
    [InlineData("[x](file:///etc/passwd)")]
    [InlineData("[x](blob:https://example.org/1)")]
    [InlineData("[x](ftp://example.org)")]
    [InlineData("[x][1]\n\n[1]: javascript:alert(1)")]
    [InlineData("[x]\n\n[x]: <JAVASCRIPT:alert(1)>")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("<vbscript:msgbox>")]
    [InlineData("[![y](data:image/png;base64,AAAA)](javascript:alert(1))")]
    [InlineData("[**x**](:)")]
    [InlineData("| [x](javascript:alert(1)) |\n|-|\n| [x](vbscript:a) |")]
    [InlineData("ftp://example.org tel:123 javascript:alert(1)")]
    public void Link_that_could_run_is_none(string source)
    {
        var blocks = Markdown.Parse(source);
        Assert.NotEmpty(blocks);
        Assert.Empty(Nodes(blocks).OfType<Inline.Link>());
    }

    [Theory]
    [InlineData("http://example.org")]
    [InlineData("HTTPS://EXAMPLE.ORG/a?b=c:d#e:f")]
    [InlineData("mailto:me@example.org")]
    [InlineData("#part:two")]
    [InlineData("page")]
    [InlineData("./a:b")]
    [InlineData("../up")]
    [InlineData("/a/b:c")]
    [InlineData("?time=12:00")]
    public void Link_to_a_page_is_one(string target) =>
        Assert.Equal(target, Assert.Single(Nodes(Markdown.Parse($"[x]({target})")).OfType<Inline.Link>()).Target);

    [Theory]
    [InlineData("https://example.org/spy.gif")]
    [InlineData("/local.png")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html;base64,AAAA")]
    [InlineData("data:image/svg+xml;base64,AAAA")]
    [InlineData("data:image/png;base64,AA\\\"AA")]
    [InlineData("data:image/png,AAAA")]
    public void Image_from_elsewhere_is_its_words(string source)
    {
        var image = Assert.Single(Nodes(Markdown.Parse($"![words]({source})")).OfType<Inline.Image>());
        Assert.Equal(("words", null), (image.Alternative, image.Source));
    }

    [Fact]
    public void Text_up_to_the_limit_is_whole_and_a_longer_one_is_cut()
    {
        Assert.Equal(new string('a', Markdown.LengthMax), PlainText(Markdown.Parse(new string('a', Markdown.LengthMax))));
        Assert.Equal(new string('a', Markdown.LengthMax - 1) + "…", PlainText(Markdown.Parse(new string('a', Markdown.LengthMax + 1))));
        // The cut would part a pair of surrogates.
        Assert.Equal(new string('a', Markdown.LengthMax - 2) + "…", PlainText(Markdown.Parse(new string('a', Markdown.LengthMax - 2) + "😀😀")));
    }

    [Theory]
    [InlineData(Markdown.DepthMax - 1, Markdown.DepthMax - 1)]
    [InlineData(Markdown.DepthMax, Markdown.DepthMax - 1)]
    [InlineData(100, Markdown.DepthMax - 1)]
    public void Quotes_nest_down_to_the_limit_and_the_text_below_is_kept(int given, int nested)
    {
        var blocks = Markdown.Parse(string.Concat(Enumerable.Repeat("> ", given)) + "deep *down*");
        Assert.Equal(nested, Nodes(blocks).OfType<Block.Quote>().Count());
        Assert.Equal("deep down", PlainText(blocks));
    }

    [Fact]
    public void Quotes_nested_deeper_than_is_read_are_shown_as_written()
    {
        var source = new string('>', 2000) + " deep";
        Assert.Equal(source, Assert.IsType<Block.Code>(Assert.Single(Markdown.Parse(source))).Text);
    }

    [Fact]
    public void Emphasis_nests_down_to_the_limit_and_the_text_below_is_kept()
    {
        var source = string.Concat(Enumerable.Range(0, 50).Select(i => i % 2 == 0 ? "*a **" : "b *c **")) + "x" + string.Concat(Enumerable.Repeat("** y*", 50));
        var blocks = Markdown.Parse(source);
        Assert.InRange(Depth(blocks), Markdown.DepthMax - 1, Markdown.DepthMax);
        Assert.Contains("x", PlainText(blocks), StringComparison.Ordinal);
    }

    [Fact]
    public void As_many_nodes_as_allowed_are_whole_and_one_more_ends_in_an_ellipsis()
    {
        // An empty heading is one node.
        string Rules(int count) => string.Concat(Enumerable.Repeat("#\n", count));
        Assert.Equal(Markdown.NodesMax, Markdown.Parse(Rules(Markdown.NodesMax)).Count);
        var cut = Markdown.Parse(Rules(Markdown.NodesMax + 1));
        Assert.Equal(Markdown.NodesMax + 1, cut.Count);
        Assert.Equal("…", PlainText(cut));
    }

    [Fact]
    public void Large_table_ends_with_a_whole_row()
    {
        var blocks = Markdown.Parse("a|b|c|d\n-|-|-|-\n" + string.Concat(Enumerable.Repeat("1|2|3|4\n", 500)));
        var table = Assert.IsType<Block.Table>(blocks[0]);
        Assert.All(table.Rows, row => Assert.Equal(4, row.Count));
        Assert.Equal("…", PlainText([blocks[^1]]));
    }

    /// <summary>Pieces that mean something to Markdown, in any order: nothing throws, nothing leads anywhere it may not, all limits hold.</summary>
    [Fact]
    public void Any_text_is_read_within_the_limits()
    {
        string[] pieces =
        [
            "*", "**", "_", "~~", "`", "```\n", "#", "# ", "\n", "\n\n", "- ", "1. ", "  ", "    ", "> ", ">", "|", "-|-\n", "[", "]", "(", ")", "](", "![", "<", ">", "&", "&#", ";", "\\",
            "javascript:", "JAVASCRIPT&colon;", "data:image/png;base64,", "https://", "mailto:", "[x]: ", "<script>", "<!--", "a", "é", "日本", "😀", "\ud83d", "\0", "\u0001", "\t", "\r", "\"", "'", "---\n", "===\n",
        ];
        Gen.Int[0, pieces.Length - 1].Array[0, 100].Sample(
            chosen =>
            {
                var source = string.Concat(chosen.Select(i => pieces[i]));
                Check(source);
                // What repeats is what grows.
                if (chosen.Length > 0) Check(string.Concat(Enumerable.Repeat(source[..Math.Min(source.Length, 12)], 400)));
            },
            iter: 200, threads: 1);
    }

    private static void Check(string source)
    {
        var blocks = Markdown.Parse(source);
        Assert.InRange(Depth(blocks), 0, Markdown.DepthMax);
        Assert.InRange(Nodes(blocks).Count(), 0, Markdown.NodesMax + 2);
        foreach (var link in Nodes(blocks).OfType<Inline.Link>()) Assert.True(LinkTarget.IsSafe(link.Target), link.Target);
        var json = MarkdownJson.Serialize(source);
        JsonNode.Parse(json);
        Assert.InRange(Encoding.UTF8.GetByteCount(JsonValue.Create(json).ToJsonString(Relaxed)), 2, MarkdownJson.BytesMax + 2);
    }

    private static IEnumerable<object> Nodes(IEnumerable<object> nodes) => nodes.SelectMany(node => Nodes(Children(node)).Prepend(node));

    private static int Depth(IEnumerable<object> nodes) => nodes.Select(node => 1 + Depth(Children(node))).DefaultIfEmpty().Max();

    private static IEnumerable<object> Children(object node) => node switch
    {
        Block.Heading heading => heading.Text,
        Block.Paragraph paragraph => paragraph.Text,
        Block.Quote quote => quote.Blocks,
        Block.List list => list.Items.SelectMany(item => item),
        Block.Table table => table.Rows.SelectMany(row => row).SelectMany(cell => cell),
        Inline.Strong strong => strong.Text,
        Inline.Emphasis emphasis => emphasis.Text,
        Inline.Strikethrough struck => struck.Text,
        Inline.Link link => link.Text,
        _ => [],
    };

    private static string PlainText(IEnumerable<object> nodes) => string.Concat(Nodes(nodes).Select(node => (node as Inline.Plain)?.Value));
}
