using System.Globalization;
using Weir.Engine.Series;

namespace Weir.Instruments;

/// <summary>
/// How the series of an instrument are drawn, whoever records them. A running total says little by its height, so that counters are shown as a rate;
/// histograms by quantiles.
/// </summary>
internal static class InstrumentChart
{
    /// <summary>Leaves room for what is put behind a name: <c>.count</c>, <c>:rate:5s/1s</c>.</summary>
    public const int NameLengthMax = 240;

    /// <summary>The quantiles that charts show where nobody chose.</summary>
    public static readonly IReadOnlyList<double> Quantiles = [0.5, 0.95, 0.99];

    /// <param name="id">Id of the widget.</param>
    /// <param name="kind">Of the series.</param>
    /// <param name="unit">Of what is counted or measured; null for none.</param>
    /// <param name="quantiles">The lines of a histogram.</param>
    /// <param name="name">Name of the series.</param>
    /// <param name="matcher">A further label matcher, such as <c>meter="Shop"</c>; empty for none.</param>
    public static LineChartOptions Create(string id, SeriesKind kind, string? unit, IReadOnlyList<double> quantiles, string name, string matcher) =>
        new() { Id = id, Queries = [.. Selectors(name, kind, quantiles, matcher)], Unit = UnitOf(kind, unit) };

    public static IEnumerable<string> Selectors(string name, SeriesKind kind, IReadOnlyList<double> quantiles, string matcher) => kind switch
    {
        SeriesKind.Counter => [Selector(CounterRates.NameOf(name), matcher)],
        SeriesKind.Histogram => quantiles.Select(quantile => Selector(
            name, $"{matcher}{(matcher.Length > 0 ? "," : "")}quantile=\"{quantile.ToString(CultureInfo.InvariantCulture)}\"")),
        _ => [Selector(name, matcher)],
    };

    /// <summary>Of the lines: a rate of bytes is in bytes a second.</summary>
    public static string? UnitOf(SeriesKind kind, string? unit) => kind != SeriesKind.Counter ? unit : unit is null or "count" ? "/s" : unit + "/s";

    private static string Selector(string name, string matcher) => Weir.Engine.Queries.Selector.TextOf(name, matcher);
}
