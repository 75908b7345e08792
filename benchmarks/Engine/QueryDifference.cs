using Weir.Engine.Queries;

namespace Weir.Bench.Engine;

/// <summary>What tells two answers to a query apart.</summary>
internal static class QueryDifference
{
    public static string? Find((QueryResult? Result, string? Error) ours, (QueryResult? Result, string? Error) theirs, bool isOrdered)
    {
        if (ours.Result is null || theirs.Result is null) return ours.Result is null == theirs.Result is null ? null : $"ours {ours.Error ?? "answers"}, theirs {theirs.Error ?? "answers"}";
        if (ours.Result.Kind != theirs.Result.Kind) return $"ours is a {ours.Result.Kind}, theirs a {theirs.Result.Kind}";
        var (left, right) = (Ordered(ours.Result, isOrdered), Ordered(theirs.Result, isOrdered));
        for (var i = 0; i < Math.Max(left.Length, right.Length); i++)
        {
            if (i >= left.Length || i >= right.Length || !left[i].Labels.Equals(right[i].Labels)) return $"ours has {Show(left, i)}, theirs {Show(right, i)}";
            if (InValues(left[i], right[i]) is { } difference) return $"{left[i].Labels} {difference}";
        }
        return null;
    }

    private static string? InValues(QuerySeries ours, QuerySeries theirs)
    {
        for (var i = 0; i < Math.Max(ours.Times.Count, theirs.Times.Count); i++)
        {
            if (i >= ours.Times.Count || i >= theirs.Times.Count || ours.Times[i] != theirs.Times[i]) return $"ours has {Show(ours, i)}, theirs {Show(theirs, i)}";
            if (!Near(ours.Values[i], theirs.Values[i])) return $"ours is {Show(ours, i)}, theirs {Show(theirs, i)}";
        }
        return null;
    }

    /// <summary>To 11 digits; and what is left of a difference of equal numbers, some 1e-14, is as good as zero.</summary>
    private static bool Near(double a, double b) => a.Equals(b) || Math.Abs(a - b) <= Math.Max(1e-11 * Math.Max(Math.Abs(a), Math.Abs(b)), 1e-12);

    private static QuerySeries[] Ordered(QueryResult result, bool asTheyAre) =>
        asTheyAre ? [.. result.Series] : [.. result.Series.OrderBy(series => series.Labels.ToString(), StringComparer.Ordinal)];

    private static string Show(QuerySeries[] series, int i) => i < series.Length ? $"{series[i].Labels} ({series[i].Values[0]:R}; {series.Length} series)" : $"{series.Length} series";

    private static string Show(QuerySeries series, int i) => i < series.Times.Count ? $"{series.Values[i]:R} at {(series.Times[i] - QueryData.Start) / 1e9}s" : "no more";
}
