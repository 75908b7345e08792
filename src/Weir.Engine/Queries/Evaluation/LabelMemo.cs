namespace Weir.Engine.Queries.Evaluation;

/// <summary>The labels that aggregations group series by, made once for a series and not at each refresh of a live query.</summary>
internal sealed class LabelMemo
{
    /// <summary>Past so many it begins anew.</summary>
    public const int EntriesMax = 100_000;

    private readonly Dictionary<object, Dictionary<QueryLabels, QueryLabels>> _byPart = new(ReferenceEqualityComparer.Instance);
    private int _count;

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
}
