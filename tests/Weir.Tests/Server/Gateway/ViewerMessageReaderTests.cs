using System.Text;
using Weir.Server.Gateway;
using Weir.Tests.Data;

namespace Weir.Tests.Server.Gateway;

public sealed class ViewerMessageReaderTests
{
    private static readonly string[] Valid =
    [
        """{"type":"subscribe","views":[{"widget":"cpu","range":60000,"width":600},{"widget":"p","offset":0,"count":50,"sort":"cpu","descending":true}],"resume":{"epoch":"k3x9q1","sequences":{"cpu":41}}}""",
        """{"type":"subscribe","views":[{"query":"orders.*","from":1732147200000,"to":1732147260000,"width":600}]}""",
        """{"type":"unsubscribe","widgets":["cpu"]}""",
        """{"type":"pause"}""",
    ];

    [Fact]
    public void Broken_messages_are_refused_and_nothing_else_happens() => Property.Holds(4000, random =>
    {
        var bytes = Encoding.UTF8.GetBytes(Valid[random.Next(Valid.Length)]).ToList();
        for (var edits = random.Next(1, 6); edits > 0; edits--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(random.Next(5) switch { 0 => "\\ud800", 1 => "1e999", 2 => "null", 3 => "\"type\":", _ => "{[" }));
                    break;
                default:
                    bytes.AddRange(bytes.GetRange(at, Math.Min(8, bytes.Count - at)));
                    break;
            }
        }
        AssertReadOrRefused(bytes.ToArray());
    });

    [Theory]
    [InlineData("""{"type":"\ud800"}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"type":"subscribe","views":[{"widget":"\udfff"}]}""")]
    [InlineData("""{"type":"unsubscribe","widgets":["\ud800"]}""")]
    [InlineData("""{"type":"subscribe","views":[],"resume":{"epoch":"e","sequences":{"\ud800":1}}}""")]
    [InlineData("""{"type":"subscribe","views":[{"widget":"a","range":1e999}]}""")]
    [InlineData("""{"type":"subscribe","views":[{"widget":"a","from":-9200000000000,"to":9200000000000}]}""")]
    [InlineData("""{"type":"subscribe","views":[{"widget":"a","width":8193}]}""")]
    [InlineData("""{"type":"subscribe","views":[{"widget":"a","query":"b"}]}""")]
    [InlineData("""{"type":"subscribe","views":[null]}""")]
    [InlineData("[]")]
    [InlineData("")]
    public void Message_that_makes_no_sense_is_refused(string text) =>
        Assert.Throws<FormatException>(() => ViewerMessageReader.Read(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Deep_nesting_and_broken_text_are_refused()
    {
        Assert.Throws<FormatException>(() => ViewerMessageReader.Read(Encoding.UTF8.GetBytes(new string('[', 8000))));
        Assert.Throws<FormatException>(() => ViewerMessageReader.Read((byte[])[.. "{\"type\":\""u8, 0xff, 0xfe, .. "\"}"u8]));
    }

    [Fact]
    public void Later_of_two_equal_names_counts() =>
        Assert.IsType<ViewerMessage.Pause>(ViewerMessageReader.Read(Encoding.UTF8.GetBytes("""{"type":"resume","type":"pause"}""")));

    [Fact]
    public void Unknown_type_is_answered_with_the_nearest()
    {
        var refused = Assert.Throws<FormatException>(() => ViewerMessageReader.Read(Encoding.UTF8.GetBytes("""{"type":"pauze"}""")));
        Assert.EndsWith("Allowed are subscribe, unsubscribe, pause, resume; did you mean 'pause'?", refused.Message, StringComparison.Ordinal);
    }

    private static void AssertReadOrRefused(byte[] bytes)
    {
        try
        {
            Assert.NotNull(ViewerMessageReader.Read(bytes));
        }
        catch (FormatException)
        {
            // Refused in words.
        }
    }
}
