using System.Diagnostics;

namespace Weir.Bench.Engine;

/// <summary>Works done in turn, round after round, so that what else the machine does meets all alike.</summary>
internal static class Rounds
{
    /// <summary>Median seconds of each work. Each runs once unmeasured, then in turns.</summary>
    public static Dictionary<string, double> Interleaved(int rounds, (string Name, Action Work)[] works)
    {
        var seconds = works.ToDictionary(work => work.Name, _ => new List<double>());
        foreach (var (_, work) in works) work();
        for (var round = 0; round < rounds; round++)
        {
            foreach (var (name, work) in works)
            {
                var began = Stopwatch.GetTimestamp();
                work();
                seconds[name].Add(Stopwatch.GetElapsedTime(began).TotalSeconds);
            }
        }
        return seconds.ToDictionary(pair => pair.Key, pair => Statistics.Median(pair.Value));
    }
}
