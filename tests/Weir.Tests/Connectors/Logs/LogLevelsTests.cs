using Weir.Connectors.Logs;
using Weir.Engine.Tables;
using Weir.Engine.Time;
using Weir.Tests.Data;

namespace Weir.Tests.Connectors.Logs;

public class LogLevelsTests
{
    [Theory]
    [InlineData("plain text", LogSeverity.Information)]
    [InlineData("", LogSeverity.Information)]
    [InlineData("2024-11-21 12:00:00 ERROR it broke", LogSeverity.Error)]
    [InlineData("[warn] careful", LogSeverity.Warning)]
    [InlineData("[WRN] careful", LogSeverity.Warning)]
    [InlineData("warn: Microsoft.Hosting[0]", LogSeverity.Warning)]
    [InlineData("<11>Nov 21 host app: no", LogSeverity.Error)]
    [InlineData("<7>debugging", LogSeverity.Debug)]
    [InlineData("{\"level\":\"fatal\",\"msg\":\"x\"}", LogSeverity.Critical)]
    [InlineData("{\"level\":50,\"msg\":\"x\"}", LogSeverity.Error)]
    [InlineData("ts=1 level=debug msg=\"an ERROR in the text\"", LogSeverity.Debug)]
    [InlineData("the word error in a sentence", LogSeverity.Information)]
    [InlineData("TERRORS are no errors", LogSeverity.Information)]
    [InlineData("src/A.cs(1,2): error CS1002: ; expected [a.csproj]", LogSeverity.Error)]
    [InlineData("    lib/b.ts(3,4): warning TS6133: 'x' is declared but never used.", LogSeverity.Warning)]
    [InlineData("error[E0425]: cannot find value `x` in this scope", LogSeverity.Error)]
    [InlineData("0 errors, 2 warnings CS and more", LogSeverity.Information)]
    [InlineData("<abc>", LogSeverity.Information)]
    [InlineData("<", LogSeverity.Information)]
    public void Levels_are_found(string line, LogSeverity expected) => Assert.Equal(expected, LogLevels.Detect(line));

    [Theory]
    [InlineData("2024-11-21T11:59:30Z x", -30)]
    [InlineData("2024-11-21 11:59:30,500 INFO x", -29.5)]
    [InlineData("[2024-11-21T12:59:30.25+01:00] x", -29.75)]
    [InlineData("Nov 21 11:59:00 host app: x", -60)]
    [InlineData("Dec  1 11:59:00 host app: x", -356 * 86_400.0 - 60)]
    public void Times_at_the_beginning_are_found(string line, double secondsFromNoon)
    {
        var time = ManualClock.AtNoon();
        Assert.Equal(UnixTime.FromDateTime(time.GetUtcNow()) + (long)(secondsFromNoon * 1e9), LogTimes.Detect(line, time));
    }

    [Fact]
    public void A_path_before_the_diagnostic_may_be_long() =>
        Assert.Equal(LogSeverity.Error, LogLevels.Detect($"/{new string('d', 300)}/A.cs(1,2): error CS1002: ; expected"));

    [Theory]
    [InlineData("no time")]
    [InlineData("0001-01-01T00:00:00Z minimum")]
    [InlineData("9999-12-31T23:59:59 maximum")]
    [InlineData("1677-01-01 00:00:00 before what nanoseconds reach")]
    [InlineData("2024-99-21T11:59:30Z")]
    [InlineData("Feb 30 11:59:00 x")]
    public void Other_beginnings_are_none(string line) => Assert.Null(LogTimes.Detect(line, ManualClock.AtNoon()));

    [Fact]
    public void Colors_and_control_characters_are_taken_out() =>
        Assert.Equal("red text and a link", LogText.Clean("\e[1;31mred\e[0m\ttext and \e]8;;http://x\aa link\e]8;;\a"));
}
