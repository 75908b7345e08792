using Weir.Connectors.Text;
using Weir.Engine;
using Weir.Tests.Data;

namespace Weir.Tests.Connectors.Text;

public sealed class LabelTests : IDisposable
{
    private readonly TimeSeriesEngine _engine = new(time: ManualClock.AtNoon());

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void What_a_label_divided_is_joined_again_when_it_has_too_many_values()
    {
        var source = new TextSource(_engine);
        // Each of seven users comes twice, then ever new ones.
        for (var i = 0; i < 60; i++) source.Take($"ms={i} user=u{(i < 14 ? i % 7 : i)}");
        Assert.Equal("ms", Assert.Single(source.Series).Series.Key.ToString());
        Assert.Equal(Enumerable.Range(0, 60).Select(i => (double)i), _engine.ValuesOf("ms{user=\"\"}"));
        Assert.Equal(["user"], source.JoinedLabels);
    }

    [Fact]
    public void Other_labels_stay_when_one_is_dropped()
    {
        var source = new TextSource(_engine);
        for (var i = 0; i < 60; i++) source.Take($"ms={i} kind={(i % 2 == 0 ? "get" : "put")} user=u{(i < 14 ? i % 7 : i)}");
        Assert.Equal(["ms{kind=\"get\"}", "ms{kind=\"put\"}"], source.Series.Select(series => series.Series.Key.ToString()).Order());
        Assert.Equal(Enumerable.Range(0, 30).Select(i => i * 2.0), _engine.ValuesOf("ms{kind=\"get\",user=\"\"}"));
    }

    [Fact]
    public void As_many_values_as_allowed_stay_a_label()
    {
        var source = new TextSource(_engine);
        for (var i = 0; i < LabelRule.ValuesMax * 5; i++) source.Take($"ms={i} disk=d{i % LabelRule.ValuesMax}");
        Assert.Equal(LabelRule.ValuesMax, source.Series.Count);
        Assert.Empty(source.JoinedLabels);
    }

    [Fact]
    public void A_number_of_a_request_at_its_begin_and_its_end_is_no_label()
    {
        var source = new TextSource(_engine);
        for (var i = 0; i < 40; i++) source.Take($"ms={i} req=r{i / 2}");
        Assert.Equal(Enumerable.Range(0, 40).Select(i => (double)i), _engine.ValuesOf("ms{req=\"\"}"));
        Assert.Single(source.Series);
    }

    [Theory]
    [InlineData("123e4567-e89b-12d3-a456-426614174000")]
    [InlineData("4bf92f3577b34da6a3ce929d0e0e4736")]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")]
    [InlineData("10.0.0.7:51234")]
    [InlineData("[::1]:8080")]
    [InlineData("2024-11-21T11:59:00Z")]
    public void Identifiers_are_no_labels_even_when_they_repeat(string value)
    {
        Assert.True(Identifier.IsOne(value));
        var source = new TextSource(_engine);
        for (var i = 0; i < 4; i++) source.Take($$"""{"ms":{{i}},"who":"{{value}}"}""");
        Assert.Equal("ms", Assert.Single(source.Series).Series.Key.ToString());
    }

    [Theory]
    [InlineData("web-1")]
    [InlineData("10.0.0.7")]
    [InlineData("deadbeef")]
    [InlineData("eu-west-1")]
    [InlineData("1234")]
    public void Names_of_things_are_no_identifiers(string value) => Assert.False(Identifier.IsOne(value));

    [Fact]
    public void Points_are_kept_for_joining_up_to_the_limit()
    {
        var source = new TextSource(_engine);
        var lines = TextSeriesSet.KeptMax + 200;
        for (var i = 0; i < lines; i++)
        {
            source.Take($"ms={i} user=u{i % 3}");
            if (i % 10_000 == 0) _engine.RunRound();
        }
        for (var i = 0; i < 40; i++) source.Take($"ms={lines + i} user=v{i}");
        // The label is dropped all the same; what lies behind the limit stays in its parts.
        Assert.Equal(["user"], source.JoinedLabels);
        Assert.Equal(lines + 39, _engine.ValuesOf("ms{user=\"\"}")[^1]);
        Assert.InRange(_engine.ValuesOf("ms{user=\"\"}").Length, 20, 40);
    }
}
