using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Weir.Engine.Downsampling;
using Weir.Engine.Downsampling.Lanes;

namespace Weir.Bench.Engine;

/// <summary>Reducing raw points to a screen's columns, against reading the same memory and doing nothing with it but add.</summary>
internal static class Scan
{
    private const int Columns = 1000;

    public static Task RunAsync(Run run)
    {
        // Many times the last-level cache, so that memory is what is measured.
        var count = run.IsQuick ? 16_000_000 : 64_000_000;
        var times = Signals.Times(count, 1_732_190_400_000_000_000);
        var step = (times[^1] - times[0]) / Columns + 1;
        var columns = new Columns();
        foreach (var name in Signals.Names)
        {
            var values = Signals.Values(name, count);
            (string Name, Action Work)[] works =
            [
                ("sum", () => Sum(values)),
                ("M4", () => Reduce(columns, into => M4.Reduce(times, values, step, into))),
                ("M4, point by point", () => Reduce(columns, into => M4.ReadPlainly(times, values, step, into))),
                ("average", () => Averages.Reduce(times, values, step, [])),
                ("LTTB", () => Lttb.Select(times, values, new int[Columns])),
            ];
            var seconds = Rounds.Interleaved(run.Rounds, works);
            var bandwidth = Speed("sum");
            run.Add(new Measurement($"M4 over raw points, {name}", "GB/s", Speed("M4"))
            {
                Note = $"{count:#,0} values of 8 bytes to {Columns} columns, one core, {LaneWidths.Widest} lanes; the peer is the fastest loop that adds up the same array. Of the times only the ends of columns are read.",
            }.Against("memory, read and added", bandwidth).RatioAtLeast(0.5));
            run.Add(new Measurement($"M4 over raw points, {name}", "GB/s", Speed("M4")).Against("the same point by point", Speed("M4, point by point")));
            run.Add(new Measurement($"average over raw points, {name}", "GB/s", Speed("average")).Against("memory, read and added", bandwidth));
            run.Add(new Measurement($"LTTB over min-max candidates, {name}", "GB/s", Speed("LTTB")).Against("memory, read and added", bandwidth));

            double Speed(string work) => count * 8e-9 / seconds[work];
        }
        return Task.CompletedTask;
    }

    private static void Reduce(Columns columns, Action<Columns> work)
    {
        columns.Clear();
        work(columns);
        if (columns.Count is < Columns or > Columns + 1) throw new InvalidOperationException($"{columns.Count} columns came in place of {Columns}.");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Sum(double[] values)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(values);
        var (a, b, c, d) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        for (nuint i = 0; i + 32 <= (nuint)values.Length; i += 32)
        {
            a += Vector512.LoadUnsafe(ref first, i);
            b += Vector512.LoadUnsafe(ref first, i + 8);
            c += Vector512.LoadUnsafe(ref first, i + 16);
            d += Vector512.LoadUnsafe(ref first, i + 24);
        }
        return Vector512.Sum(a + b + c + d);
    }
}
