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
        Replacement relabel;
        try
        {
            relabel = new Replacement(texts[3], replacement);
        }
        catch (ArgumentException e)
        {
            throw context.Error(call.Arguments[4].Position, $"This is not a regular expression that matches in linear time ({e.Message})");
        }
        var relabelled = Vector(call.Arguments[0]).ConvertAll(series => relabel.Apply(series.Labels[source]) is { } value
            ? Labelled(series, target, value, call.Position)
            : series with { Values = Copy(series.Values, call.Position) });
        return Joined(relabelled, call.Position);
    }

    private List<StepSeries> LabelsJoined(Call call)
    {
        var texts = call.Arguments.Skip(1).Select(argument => ((TextLiteral)argument).Value).ToArray();
        var (target, separator, sources) = (LabelName(call.Arguments[1]), texts[1], texts[2..]);
        var joined = Vector(call.Arguments[0]).ConvertAll(series => Labelled(series, target, string.Join(separator, sources.Select(source => series.Labels[source])), call.Position));
        return Joined(joined, call.Position);
    }

    /// <summary>A copy with a label that the query makes.</summary>
    private StepSeries Labelled(StepSeries series, string name, string value, int position)
    {
        // Labels are made of labels, and so might grow to any length within a short query.
        if (value.Length > QueryOptions.LabelLengthMax) throw context.Error(position, $"A label of {value.Length} characters would be made; at most {QueryOptions.LabelLengthMax} are allowed.");
        Cost.ChargeValues(value.Length / 4, position);
        return new(series.Labels.With(name, value), Copy(series.Values, position));
    }

    private double[] Copy(double[] values, int position)
    {
        Cost.ChargeValues(values.Length, position);
        return [.. values];
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
