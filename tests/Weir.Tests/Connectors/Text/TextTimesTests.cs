using System.Text;
using Weir.Connectors.Text;
using Weir.Engine;
using Weir.Engine.Queries;
using Weir.Engine.Time;
using Weir.Tests.Data;

namespace Weir.Tests.Connectors.Text;

public sealed class TextTimesTests : IDisposable
{
    private readonly TimeSeriesEngine _engine = new(time: ManualClock.AtNoon());

    public void Dispose() => _engine.Dispose();

    [Fact]
    public async Task A_day_of_rows_arrives_complete_while_the_engine_takes_its_rounds()
    {
        const int Rows = 100_000;
        var begin = ManualClock.Noon - 24 * 3600 * UnixTime.NanosecondsPerSecond;
        var text = new StringBuilder("time,load,queue\n");
        for (var i = 0; i < Rows; i++) text.Append($"{UnixTime.ToDateTime(begin + i * 800_000_000L):yyyy-MM-dd'T'HH:mm:ss.fff'Z'},{i % 1000},{i}\n");
        using var engine = new TimeSeriesEngine(time: ManualClock.AtNoon());
        var source = new TextSource(engine);
        var (input, cancellation) = (new MemoryStream(Encoding.UTF8.GetBytes(text.ToString())), TestContext.Current.CancellationToken);
        var reading = Task.Run(() => source.RunAsync(input, cancellation: cancellation), cancellation);
        while (!reading.IsCompleted) engine.RunRound();
        await reading;

        Assert.Equal(Enumerable.Range(0, Rows).Select(i => (double)i), engine.ValuesOf("queue"));
        Assert.Equal(begin, TimesOf(engine, "load")[0]);
        Assert.Equal(Rows, TimesOf(engine, "load").Length);
        Assert.Equal(0, source.LostCount);
    }

    [Fact]
    public void Lines_of_one_second_all_count()
    {
        var source = new TextSource(_engine);
        for (var i = 0; i < 5; i++) source.Take($"2024-11-21T11:59:00Z took={i}ms");
        Assert.Equal([0, 1, 2, 3, 4], _engine.ValuesOf("took"));
        Assert.All(TimesOf(_engine, "took"), time => Assert.InRange(time - (ManualClock.Noon - 60 * UnixTime.NanosecondsPerSecond), 0, 1000));
    }

    [Fact]
    public void A_named_column_that_no_line_has_is_told_after_so_many_lines()
    {
        var source = new TextSource(_engine, new TextSourceOptions { Times = TextTimes.Event, TimeName = "when" });
        source.Take("at,load");
        for (var i = 1; i < TextSource.LinesToTimeName; i++) source.Take($"2024-11-21 11:00:{i % 60:D2},{i}");
        Assert.Null(source.TimeNote);
        source.Take("2024-11-21 11:59:00,1");
        Assert.Contains("No line has a column 'when'", source.TimeNote, StringComparison.Ordinal);
        Assert.Contains("load", source.TimeNote, StringComparison.Ordinal);
    }

    [Fact]
    public void A_named_column_that_lines_have_is_not_told()
    {
        var source = new TextSource(_engine, new TextSourceOptions { Times = TextTimes.Event, TimeName = "when" });
        for (var i = 0; i < 200; i++) source.Take($$"""{"when":{{ManualClock.Noon / 1_000_000 - 200 + i}},"v":{{i}}}""");
        source.End();
        Assert.Null(source.TimeNote);
        Assert.Equal(ManualClock.Noon - 200_000_000, TimesOf(_engine, "v")[0]);
    }

    [Fact]
    public void A_column_of_times_that_is_read_again_is_no_longer_told()
    {
        var source = new TextSource(_engine);
        source.Take("time=soon v=1");
        Assert.Contains("'time' was not understood", source.TimeNote, StringComparison.Ordinal);
        source.Take("time=2024-11-21T11:59:00Z v=2");
        Assert.Null(source.TimeNote);
    }

    [Fact]
    public void A_table_of_dates_ahead_of_the_clock_says_so()
    {
        var source = new TextSource(_engine);
        source.Take("day,v");
        source.Take("2031-01-01,1");
        source.Take("2031-01-02,2");
        Assert.Contains("2031-01-01", source.TimeNote, StringComparison.Ordinal);
        Assert.Contains("ahead of the clock", source.TimeNote, StringComparison.Ordinal);
        Assert.Equal([1, 2], _engine.ValuesOf("v"));
    }

    [Theory]
    [InlineData("11:40:07", "11:40:08", true)]
    [InlineData("11:59:59", "12:00:00", false)]
    [InlineData("09:30:01", "09:30:02", false)]
    public void Times_of_day_of_a_report_are_used_unless_it_is_written_just_now_in_some_zone(string first, string second, bool isOwn)
    {
        var source = new TextSource(_engine);
        source.Take("11:40:06     CPU    %usr   %idle");
        source.Take($"{first}     all    4.50   94.00");
        source.Take($"{second}     all    5.50   93.00");
        var times = TimesOf(_engine, "usr{cpu=\"all\"}");
        var expected = isOwn ? ManualClock.Noon - 1193 * UnixTime.NanosecondsPerSecond : ManualClock.Noon;
        Assert.Equal(2, times.Length);
        Assert.InRange(times[0] - expected, 0, 1000);
    }

    private static long[] TimesOf(TimeSeriesEngine engine, string selector)
    {
        while (engine.RunRound() > 0)
        {
        }
        var (times, values) = (new List<long>(), new List<double>());
        Selector.Parse(selector).Select(engine.Catalog).Single().Snapshot.Read(long.MinValue, long.MaxValue, times, values);
        return [.. times];
    }
}
