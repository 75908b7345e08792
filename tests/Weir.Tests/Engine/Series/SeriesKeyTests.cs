using Weir.Engine.Queries;
using Weir.Engine.Series;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Series;

public sealed class SeriesKeyTests
{
    [Fact]
    public void Keys_are_equal_in_whatever_order_their_labels_come()
    {
        var a = new SeriesKey("cpu", new Label("host", "a"), new Label("core", "1"));
        var b = new SeriesKey("cpu", new Label("core", "1"), new Label("host", "a"));
        Assert.Equal(a, b);
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
        Assert.Equal("cpu{core=\"1\",host=\"a\"}", a.ToString());
        Assert.NotEqual(a, new SeriesKey("cpu", new Label("core", "1"), new Label("host", "b")));
        Assert.NotEqual(a, new SeriesKey("cpu", new Label("core", "1")));
        Assert.NotEqual(a, new SeriesKey("CPU", new Label("core", "1"), new Label("host", "a")));
        Assert.False(a.Equals(null));
    }

    [Fact]
    public void LabelValue_is_null_where_there_is_no_such_label()
    {
        var key = new SeriesKey("cpu", new Label("core", "1"));
        Assert.Equal(("1", null), (key.LabelValue("core"), key.LabelValue("host")));
    }

    [Fact]
    public void Key_at_its_limits_is_taken()
    {
        var labels = Enumerable.Range(0, SeriesKey.LabelsMax).Select(i => new Label("l" + i, new string('v', SeriesKey.LabelValueLengthMax))).ToArray();
        Assert.Equal(SeriesKey.LabelsMax, new SeriesKey(new string('n', SeriesKey.NameLengthMax), labels).Labels.Length);
    }

    public static TheoryData<string, Label[], string> Refused => new()
    {
        { "", [], "A series name has 1 to 256 characters" },
        { "  ", [], "A series name has 1 to 256 characters" },
        { new string('n', 257), [], "A series name has 1 to 256 characters" },
        { "a*", [], "contains '*'" },
        { "a?", [], "contains '?'" },
        { "a{b}", [], "contains '{'" },
        { "a\n", [], "control characters" },
        { "a", [new("", "x")], "A label name has 1 to 256 characters" },
        { "a", [new("l=", "x")], "The label name 'l=' contains '='" },
        { "a", [new("l", null!)], "Label 'l' of series 'a' needs a value" },
        { "a", [new("l", new string('v', 1025))], "at most 1024 characters" },
        { "a", [new("l", "1"), new("l", "2")], "has label 'l' twice" },
        { "a", [new("__name__", "b")], "Label '__name__' is what queries call the series' own name; 'a' has one" },
        { "a", Enumerable.Range(0, 33).Select(i => new Label("l" + i, "")).ToArray(), "has 33 labels; at most 32" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Key_that_breaks_a_rule_is_an_error_that_says_which(string name, Label[] labels, string says)
    {
        var error = Assert.Throws<ArgumentException>(() => new SeriesKey(name, labels));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_without_a_label_name_is_an_error_and_not_a_crash() => Assert.ThrowsAny<ArgumentException>(() => new SeriesKey("a", default(Label)));

    [Fact]
    public void Selector_of_a_key_selects_it_and_not_its_like() => Property.Holds(200, random =>
    {
        var key = new SeriesKey(Name(random), Enumerable.Range(0, random.Next(4)).Select(i => new Label($"l.{i}_x", Value(random))).ToArray());
        var selector = Selector.Parse(key.ToString());
        Assert.True(selector.Matches(key), $"{selector} does not select {key}.");
        Assert.False(selector.Matches(new SeriesKey(key.Name + "x", key.Labels)));
        if (key.Labels.Length > 0) Assert.False(selector.Matches(new SeriesKey(key.Name, new Label(key.Labels[0].Name, key.Labels[0].Value + "x"))));
    });

    private static string Name(Random random) => "n" + Text(random, "ab.:/-_()[]+^$|\\!~#é ") + "e";

    private static string Value(Random random) => "v" + Text(random, "ab\"\\'{},=*?\n\té ") + random.Next(9);

    private static string Text(Random random, string letters) => string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => letters[random.Next(letters.Length)]));
}
