using System.Diagnostics;
using Weir.Engine;
using Weir.Engine.Downsampling;
using Weir.Engine.Series;
using Weir.Engine.Time;

namespace Weir.Bench.Engine;

/// <summary>A picture of any stretch of a long series, read through the ladder, against looking at the points.</summary>
internal static class Zoom
{
    private const int Columns = 1000;

    public static Task RunAsync(Run run)
    {
        var count = run.IsQuick ? 20_000_000 : 100_000_000;
        var name = Signals.Names[0];
        var (times, values) = (Signals.Times(count, UnixTime.Now(TimeProvider.System)), Signals.Values(name, count));
        using var engine = new TimeSeriesEngine(new EngineOptions { BytesMax = 16L << 30 });
        var series = Fill(engine, times, values);
        var snapshot = series.Snapshot;
        if (snapshot.Count != count) throw new InvalidOperationException($"The series holds {snapshot.Count} of {count} points.");
        run.Add(new Measurement($"bytes a point, {count:#,0} points of a {name}", "B", (double)engine.Counters.PointBytes / count) { Note = "Points, ladder and all, as the engine accounts for them." });

        var random = new Random(3);
        var (whole, wholeScans, wholeVectors, anywhere, scans, ranges) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        var (read, scanned) = (new Columns(), new Columns());
        // The first reads are not counted: code is compiled well only after it has run a while, and the runtime waits 100 ms before it begins.
        foreach (var length in new[] { count, count / 10, 50_000 })
        {
            for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began).TotalMilliseconds < 500;) Read(snapshot, 0, length);
        }
        for (var round = 0; round < run.Rounds; round++)
        {
            whole.Add(Read(snapshot, 0, count));
            wholeScans.Add(Time(() => FullScan(times, values, times[0], times[^1], Step(0, count), scanned)));
            wholeVectors.Add(Time(() => M4.Reduce(times, values, Step(0, count), scanned)));
            if (Different(read, scanned) is > 0 and var astray) throw new InvalidOperationException($"{astray} columns differ from those of every point.");
            for (var zoom = 0; zoom < 40; zoom++)
            {
                // Stretches of all orders of length, anywhere.
                var length = (int)Math.Min(count, Math.Exp(random.NextDouble() * Math.Log(count / 2000.0)) * 2000);
                var begin = random.Next(count - length + 1);
                anywhere.Add(Read(snapshot, begin, length));
                if (zoom % 20 != 0) continue;
                ranges.Add(Time(() => M4.Reduce(times.AsSpan(begin, length), values.AsSpan(begin, length), Step(begin, length), scanned)));
                if (Different(read, scanned) is > 0 and var different) throw new InvalidOperationException($"{different} columns differ from those of every point.");
                scans.Add(Time(() => FullScan(times, values, times[begin], times[begin + length - 1], Step(begin, length), scanned)));
                if (Different(read, scanned) is > 0 and var wrong) throw new InvalidOperationException($"{wrong} columns differ from those of every point.");
            }
        }
        var scan = Statistics.Median(scans);
        run.Add(new Measurement("zoom anywhere, median", "ms", Statistics.Median(anywhere))
        {
            Note = $"{count:#,0} points, {Columns} columns, stretches from 2,000 points to all, log-uniform, anywhere; every compared picture had all columns equal. A full scan looks at every point and takes those in the range.",
        }.Against("full scan", scan).RatioAtMost(0.001));
        run.Add(new Measurement("zoom anywhere, p99", "ms", Statistics.Percentile(anywhere, 0.99)).Against("full scan", scan));
        run.Add(new Measurement("zoom out to all", "ms", Statistics.Median(whole)).Against("full scan", Statistics.Median(wholeScans)).RatioAtMost(0.001));
        run.Add(new Measurement("zoom out to all", "ms", Statistics.Median(whole)).Against("vectorized scan of everything", Statistics.Median(wholeVectors)));
        run.Add(new Measurement("zoom anywhere, median", "ms", Statistics.Median(anywhere)).Against("vectorized scan of the range alone", Statistics.Percentile(ranges, 0.5)));
        return Task.CompletedTask;

        double Read(SeriesSnapshot from, int begin, int length) => Time(() =>
        {
            read.Clear();
            M4.Read(from, times[begin], times[begin + length - 1] + 1, Step(begin, length), read);
        });

        long Step(int begin, int length) => (times[begin + length - 1] - times[begin]) / Columns + 1;

        double Time(Action work)
        {
            scanned.Clear();
            var began = Stopwatch.GetTimestamp();
            work();
            return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }
    }

    private static TimeSeries Fill(TimeSeriesEngine engine, long[] times, double[] values)
    {
        const int block = 4096;
        var series = engine.Resolve(new SeriesKey("long"));
        for (var at = 0; at < times.Length; at += block)
        {
            var length = Math.Min(block, times.Length - at);
            engine.Append(series, times.AsSpan(at, length), values.AsSpan(at, length));
            engine.RunRound();
        }
        return series;
    }

    private static void FullScan(long[] times, double[] values, long from, long last, long step, Columns into)
    {
        var begin = -1;
        var end = 0;
        for (var i = 0; i < times.Length; i++)
        {
            if (times[i] < from || times[i] > last) continue;
            if (begin < 0) begin = i;
            end = i + 1;
        }
        M4.ReadPlainly(times.AsSpan(begin..end), values.AsSpan(begin..end), step, into);
    }

    private static int Different(Columns read, Columns scanned)
    {
        if (read.Count != scanned.Count) return Math.Max(read.Count, scanned.Count);
        var different = 0;
        for (var i = 0; i < read.Count; i++)
        {
            if (!read.Items[i].Equals(scanned.Items[i])) different++;
        }
        return different;
    }
}
