using System.Globalization;
using System.Text;
using Weir.Connectors.Text;
using Weir.Engine;
using Weir.Engine.Series;
using Weir.Engine.Time;
using Weir.Tests.Data;

namespace Weir.Tests.Connectors.Text;

/// <summary>
/// Each <c>NAME.txt</c> of tests/golden/connectors/text is read and compared with <c>NAME.expected</c>: what was understood, the series and their
/// points (seconds before noon where lines carry times), and the log. <c>NAME.options</c> holds a regular expression.
/// </summary>
public class TextSourceGoldenTests
{
    public static TheoryData<string> Names =>
        [.. Directory.GetFiles(Path.Combine(Golden.Folder, "text"), "*.txt").Select(path => Path.GetFileNameWithoutExtension(path)).Order()];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Recorded_input_comes_to_what_is_expected(string name)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var path = Path.Combine(Golden.Folder, "text", name);
        using var engine = new TimeSeriesEngine(time: ManualClock.AtNoon());
        var regex = File.Exists(path + ".options") ? (await File.ReadAllTextAsync(path + ".options", cancellation)).Trim() : null;
        var source = new TextSource(engine, new TextSourceOptions { Regex = regex });
        await using (var input = File.OpenRead(path + ".txt")) await source.RunAsync(input, cancellation: cancellation);

        var actual = Describe(engine, source);
        var expected = path + ".expected";
        if (Environment.GetEnvironmentVariable("WEIR_GOLDEN") == "write") await File.WriteAllTextAsync(expected, actual, cancellation);
        Assert.Equal(await File.ReadAllTextAsync(expected, cancellation), actual);
    }

    private static string Describe(TimeSeriesEngine engine, TextSource source)
    {
        while (engine.RunRound() > 0)
        {
        }
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"format: {source.Format ?? "none"}\n");
        text.Append(CultureInfo.InvariantCulture, $"lines: {source.LineCount}, with values {source.ValueLineCount}, not understood {source.NotUnderstoodCount}\n");
        if (source.NotUnderstoodExample is { } example) text.Append(CultureInfo.InvariantCulture, $"for example: {example}\n");
        if (source.TimeNote is { } note) text.Append(CultureInfo.InvariantCulture, $"note: {note}\n");
        foreach (var series in source.Series) text.Append(CultureInfo.InvariantCulture, $"{series.Series.Key} [{series.Unit}]: {Points(series.Series.Snapshot)}\n");
        foreach (var line in engine.LinesOf("lines")) text.Append(CultureInfo.InvariantCulture, $"log {line}\n");
        return text.ToString();
    }

    private static string Points(SeriesSnapshot snapshot)
    {
        var (times, values) = (new List<long>(), new List<double>());
        snapshot.Read(long.MinValue, long.MaxValue, times, values);
        var noon = UnixTime.FromDateTime(ManualClock.AtNoon().GetUtcNow());
        // Arrivals at a standing clock differ by ticks only.
        return string.Join(' ', times.Zip(values, (time, value) =>
            Math.Abs(time - noon) < UnixTime.NanosecondsPerMillisecond
                ? value.ToString(CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture, $"{value}@{(time - noon) / 1e9}s")));
    }
}
