using System.Text.RegularExpressions;
using Weir.Engine.Series;

namespace Weir.Engine.Queries;

/// <summary>One condition on one label; a label that is not there counts as empty, as Prometheus has it.</summary>
internal sealed record LabelMatcher(string Label, bool IsNegated, string Value, Regex? Pattern)
{
    /// <summary>The label that stands for the name of a series.</summary>
    public const string Name = SeriesKey.NameLabel;

    /// <exception cref="ArgumentException">Not a regular expression.</exception>
    /// <exception cref="NotSupportedException">One that cannot be matched in linear time.</exception>
    public static LabelMatcher Create(string label, bool isNegated, string value, bool isRegex) =>
        new(label, isNegated, value, isRegex ? Whole(value) : null);

    public bool Matches(SeriesKey key)
    {
        var value = Label == Name ? key.Name : key.LabelValue(Label) ?? "";
        return (Pattern?.IsMatch(value) ?? value == Value) != IsNegated;
    }

    /// <summary>A pattern for whole values, matched in time linear in their length.</summary>
    public static Regex Whole(string pattern)
    {
        const RegexOptions options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline;
        // By itself first: a bracket too many would end the one around it. And \z, since $ matches before a last line break as well.
        _ = new Regex(pattern);
        return new Regex($@"^(?:{pattern})\z", options);
    }

    /// <summary>The pattern of a glob: <c>*</c> stands for any run of characters, <c>?</c> for one.</summary>
    public static Regex Glob(string glob) => Whole(Regex.Escape(glob).Replace(@"\*", ".*").Replace(@"\?", "."));
}
