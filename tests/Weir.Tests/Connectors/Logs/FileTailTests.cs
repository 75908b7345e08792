using System.Text;
using Weir.Connectors.Logs;
using Weir.Engine;
using Weir.Tests.Data;

namespace Weir.Tests.Connectors.Logs;

public sealed class FileTailTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("weir-tail-").FullName;
    private readonly TimeSeriesEngine _engine = new(time: ManualClock.AtNoon());
    private FileTail? _tail;

    private string Log => Path.Combine(_directory, "a.log");

    public void Dispose()
    {
        _tail?.Dispose();
        _engine.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public void It_begins_with_the_last_lines_and_goes_on_with_what_comes()
    {
        File.WriteAllText(Log, "one\ntwo\nthree\n");
        Follow(linesFirst: 2);
        Assert.Equal(["information: two", "information: three"], Poll());
        File.AppendAllText(Log, "ERROR four\n");
        Assert.Equal("error: ERROR four", Poll()[^1]);
        Assert.Equal(3, Poll().Length);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(5000, 5000)]
    [InlineData(100_000, 9000)]
    public void The_first_lines_are_as_many_as_asked_for(int linesFirst, int expected)
    {
        File.WriteAllLines(Log, Enumerable.Range(1, 9000).Select(i => $"line number {i}"));
        Follow(linesFirst);
        _tail!.Poll();
        Assert.Equal(expected, _tail.LineCount);
    }

    [Fact]
    public void A_line_counts_when_it_has_ended()
    {
        File.WriteAllText(Log, "");
        Follow();
        File.AppendAllText(Log, "half");
        Assert.Empty(Poll());
        File.AppendAllText(Log, " and half\r\n");
        Assert.Equal(["information: half and half"], Poll());
    }

    [Fact]
    public void Rotation_by_renaming_loses_nothing()
    {
        File.WriteAllText(Log, "one\n");
        Follow();
        Poll();
        File.AppendAllText(Log, "two\n");
        File.Move(Log, Log + ".1");
        File.AppendAllText(Log + ".1", "three\n");
        File.WriteAllText(Log, "four\n");
        Assert.Equal(["information: one", "information: two", "information: three", "information: four"], Poll());
    }

    [Fact]
    public void Truncation_begins_anew()
    {
        File.WriteAllText(Log, "a long first line\n");
        Follow();
        Poll();
        File.WriteAllText(Log, "short\n");
        Assert.Equal("information: short", Poll()[^1]);
    }

    [Fact]
    public void A_file_that_is_not_there_is_waited_for_and_said_so_once()
    {
        Follow();
        Poll();
        Assert.Single(Poll());
        Assert.Contains("no file", _tail!.Problem, StringComparison.Ordinal);
        File.WriteAllText(Log, "here\n");
        Assert.Equal("information: here", Poll()[^1]);
        Assert.Null(_tail.Problem);
    }

    [Fact]
    public void Deleted_and_made_again_it_is_followed()
    {
        File.WriteAllText(Log, "one\n");
        Follow();
        Poll();
        File.Delete(Log);
        Poll();
        File.WriteAllText(Log, "two\n");
        Assert.Equal("information: two", Poll()[^1]);
    }

    [Fact]
    public void A_link_that_leads_elsewhere_is_followed()
    {
        File.WriteAllText(Log + ".1", "one\n");
        File.CreateSymbolicLink(Log, Log + ".1");
        Follow();
        Poll();
        File.WriteAllText(Log + ".2", "two\n");
        File.SetCreationTimeUtc(Log + ".2", DateTime.UnixEpoch);
        File.Delete(Log);
        File.CreateSymbolicLink(Log, Log + ".2");
        Assert.Equal("information: two", Poll()[^1]);
    }

    [Fact]
    public void A_long_line_is_cut_and_the_next_is_whole()
    {
        File.WriteAllText(Log, new string('x', 100_000) + "\nnext\n", Encoding.UTF8);
        Follow(lineLengthMax: 50);
        var lines = Poll();
        Assert.Equal("information: next", lines[^1]);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 64));
    }

    [Fact]
    public void What_grows_faster_than_it_is_worth_reading_is_skipped_and_said_so()
    {
        File.WriteAllText(Log, "first\n");
        Follow();
        Poll();
        File.AppendAllText(Log, string.Concat(Enumerable.Repeat(new string('y', 99) + "\n", 60_000)));
        Assert.Contains(Poll(), line => line.StartsWith("warning:", StringComparison.Ordinal) || _tail!.SkippedBytes > 0);
        Assert.Equal(6_000_006 - FileTail.BacklogBytesMax - 6, _tail!.SkippedBytes);
    }

    private void Follow(int linesFirst = 100, int lineLengthMax = 4096) =>
        _tail = new FileTail(Log, _engine.Tables.ResolveLog("log"), new FileTailOptions { LinesFirst = linesFirst, LineLengthMax = lineLengthMax }, ManualClock.AtNoon());

    private string[] Poll()
    {
        _tail!.Poll();
        return _engine.LinesOf("log");
    }
}
