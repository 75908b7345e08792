using Weir.Engine.Queries.Syntax;

namespace Weir.Engine.Queries.Evaluation;

/// <summary>The labels that aggregations group series by, made once for a series and not at each refresh of a live query.</summary>
internal sealed class LabelMemo
{
    /// <summary>Past so many it begins anew.</summary>
    public const int EntriesMax = 100_000;

    private readonly Dictionary<object, Dictionary<QueryLabels, QueryLabels>> _byPart = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Aggregate, Groups> _groups = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<int, QueryLabels[]> _distinct = [];
    private int _count;
    private int _remembered;

    /// <summary>The groups of an aggregation, each with the places of its series; found anew only when the series are others than the last time.</summary>
    public (QueryLabels Labels, int[] Members)[] GroupsOf(Aggregate aggregate, List<StepSeries> vector, Func<Aggregate, QueryLabels, QueryLabels> groupOf)
    {
        if (_groups.TryGetValue(aggregate, out var known) && AreSame(known.Of, vector)) return known.All;
        var groups = Enumerable.Range(0, vector.Count)
            .GroupBy(i => Get(aggregate, vector[i].Labels, groupOf), (labels, members) => (labels, members.ToArray()))
            .ToArray();
        _groups[aggregate] = new(Remembered(vector), groups);
        return groups;
    }

    /// <summary>Whether these series, at this place of the query, were found to have different labels.</summary>
    public bool AreKnownDistinct(int position, List<StepSeries> vector) => _distinct.TryGetValue(position, out var known) && AreSame(known, vector);

    public void RememberDistinct(int position, List<StepSeries> vector) => _distinct[position] = Remembered(vector);

    private QueryLabels[] Remembered(List<StepSeries> vector)
    {
        if ((_remembered += vector.Count) > EntriesMax)
        {
            _groups.Clear();
            _distinct.Clear();
            _remembered = vector.Count;
        }
        var labels = new QueryLabels[vector.Count];
        for (var i = 0; i < labels.Length; i++) labels[i] = vector[i].Labels;
        return labels;
    }

    private static bool AreSame(QueryLabels[] labels, List<StepSeries> vector)
    {
        if (labels.Length != vector.Count) return false;
        for (var i = 0; i < labels.Length; i++)
        {
            if (!ReferenceEquals(labels[i], vector[i].Labels)) return false;
        }
        return true;
    }

    public QueryLabels Get<TPart>(TPart part, QueryLabels labels, Func<TPart, QueryLabels, QueryLabels> make)
        where TPart : class
    {
        if (!_byPart.TryGetValue(part, out var made)) _byPart.Add(part, made = []);
        if (made.TryGetValue(labels, out var known)) return known;
        if (++_count > EntriesMax)
        {
            _byPart.Clear();
            (_count, made) = (1, []);
            _byPart.Add(part, made);
        }
        made.Add(labels, known = make(part, labels));
        return known;
    }

    private sealed record Groups(QueryLabels[] Of, (QueryLabels Labels, int[] Members)[] All);
}
