using Microsoft.Extensions.Logging;
using Weir.Logging;

namespace Weir.Tests.Api;

public class LogLineTests
{
    [Fact]
    public void Fields_stand_behind_the_message_and_the_exception_below()
    {
        var line = Write("3 orders", [new("Count", 3), new("Route", "/a b"), new("Ratio", 0.5), new("User", null), new("{OriginalFormat}", "{Count} orders")], new InvalidOperationException("why"));
        Assert.StartsWith("3 orders Count=3 Route=\"/a b\" Ratio=0.5 User=null\nSystem.InvalidOperationException: why", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "K=\"\"")]
    [InlineData("say \"hi\"\nthere", """K="say \"hi\"\nthere" """)]
    [InlineData("a=b", "K=\"a=b\"")]
    public void Values_that_would_be_read_wrongly_are_quoted(string value, string field) => Assert.Equal("m " + field.TrimEnd(), Write("m", [new("K", value)]));

    [Fact]
    public void Lists_are_listed() => Assert.Equal("m Ids=\"1, 2\"", Write("m", [new("Ids", new[] { 1, 2 })]));

    [Fact]
    public void Long_values_are_cut_and_fields_have_a_limit()
    {
        Assert.Equal(LogLine.ValueLengthMax, Write("", [new("K", new string('v', 1000))]).Length - " K=".Length);
        var many = Enumerable.Range(0, LogLine.FieldsMax + 5).Select(i => new KeyValuePair<string, object?>($"k{i}", i)).ToArray();
        Assert.Equal(LogLine.FieldsMax, Write("", many).Count(c => c == '='));
    }

    [Fact]
    public void Scopes_add_their_fields_the_inner_one_first_without_identifiers_of_requests()
    {
        var scopes = new LoggerExternalScopeProvider();
        using var outer = scopes.Push(new Dictionary<string, object?> { ["Tenant"] = "outer", ["Job"] = 7, ["TraceId"] = "0af7651916cd43dd8448eb211c80319c" });
        using var inner = scopes.Push(new Dictionary<string, object?> { ["Tenant"] = "inner" });
        using var text = scopes.Push("nightly run");
        Assert.Equal("m scope=\"nightly run\" Tenant=inner Job=7", LogLine.Write("m", "m", scopes, null));
    }

    private static string Write(string message, KeyValuePair<string, object?>[] fields, Exception? exception = null) => LogLine.Write(message, fields, null, exception);
}
