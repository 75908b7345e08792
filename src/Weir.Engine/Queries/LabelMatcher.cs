using Weir.Engine.Queries.Patterns;
using Weir.Engine.Series;

namespace Weir.Engine.Queries;

/// <summary>One condition on one label; a label that is not there counts as empty, as Prometheus has it.</summary>
internal sealed record LabelMatcher(string Label, bool IsNegated, string Value, TextPattern? Pattern)
{
    /// <summary>The label that stands for the name of a series.</summary>
    public const string Name = SeriesKey.NameLabel;

    /// <exception cref="ArgumentException">Not a regular expression that is matched in linear time.</exception>
    public static LabelMatcher Create(string label, bool isNegated, string value, bool isRegex) =>
        new(label, isNegated, value, isRegex ? new TextPattern(value) : null);

    public bool Matches(SeriesKey key) => MatchesValue(Label == Name ? key.Name : key.LabelValue(Label) ?? "");

    public bool MatchesValue(string value) => (Pattern?.IsMatch(value) ?? value == Value) != IsNegated;
}
