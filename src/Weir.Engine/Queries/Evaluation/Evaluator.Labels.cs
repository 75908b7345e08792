using System.Text.RegularExpressions;
using Weir.Engine.Queries.Syntax;
using Weir.Engine.Series;

namespace Weir.Engine.Queries.Evaluation;

/// <summary>Functions that make labels.</summary>
internal sealed partial class Evaluator
{
    private List<StepSeries> Relabelled(Call call)
    {
        var texts = call.Arguments.Skip(1).Select(argument => ((TextLiteral)argument).Value).ToArray();
        var (target, replacement, source) = (LabelName(call.Arguments[1]), texts[1], texts[2]);
        Regex pattern;
        try
        {
            pattern = LabelMatcher.Whole(texts[3]);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw context.Error(call.Arguments[4].Position, $"This is not a regular expression that matches in linear time ({e.Message})");
        }
        var relabelled = Vector(call.Arguments[0]).ConvertAll(series => pattern.Match(series.Labels[source]) is { Success: true } match
            ? new StepSeries(series.Labels.With(target, Replacement.Expand(replacement, match)), [.. series.Values])
            : series with { Values = [.. series.Values] });
        return Joined(relabelled, call.Position);
    }

    private List<StepSeries> LabelsJoined(Call call)
    {
        var texts = call.Arguments.Skip(1).Select(argument => ((TextLiteral)argument).Value).ToArray();
        var (target, separator, sources) = (LabelName(call.Arguments[1]), texts[1], texts[2..]);
        var joined = Vector(call.Arguments[0]).ConvertAll(series => new StepSeries(
            series.Labels.With(target, string.Join(separator, sources.Select(source => series.Labels[source]))), [.. series.Values]));
        return Joined(joined, call.Position);
    }

    /// <summary>The name of a label that the query makes.</summary>
    private string LabelName(Expression text)
    {
        var name = ((TextLiteral)text).Value;
        return name.Length > 0 && !name.Any(SeriesKey.NameLacks.Contains) ? name : throw context.Error(text.Position, $"'{name}' is no name of a label.");
    }

    /// <summary>What is known of the series that is not there: the labels that its selector demands.</summary>
    private static QueryLabels AbsentLabels(LabelMatcher[]? matchers) => QueryLabels.Of(
        from matcher in matchers ?? []
        where matcher.Label != LabelMatcher.Name
        group matcher by matcher.Label into named
        where named.Count() == 1 && named.First() is { IsNegated: false, Pattern: null }
        select new Label(named.Key, named.First().Value));
}
