using Weir.Engine;
using Weir.Engine.Queries;

namespace Weir.Tests.Connectors;

/// <summary>Reads what sources sent, as tests want to see it.</summary>
internal static class EngineReading
{
    /// <summary>All values of the one series that the selector names, oldest first; empty when there is none.</summary>
    public static double[] ValuesOf(this TimeSeriesEngine engine, string selector)
    {
        while (engine.RunRound() > 0)
        {
        }
        var series = Selector.Parse(selector).Select(engine.Catalog).SingleOrDefault();
        var (times, values) = (new List<long>(), new List<double>());
        series?.Snapshot.Read(long.MinValue, long.MaxValue, times, values);
        return [.. values];
    }

    /// <summary>The messages of a log, oldest first, each after its level.</summary>
    public static string[] LinesOf(this TimeSeriesEngine engine, string log) =>
        [.. engine.Tables.Find(log)?.Window(0, 100_000).Rows.Select(row => $"{row[1]}: {row[3]}") ?? []];
}
