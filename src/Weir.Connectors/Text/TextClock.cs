using Weir.Engine.Time;

namespace Weir.Connectors.Text;

/// <summary>Gives each line its time: its own, or that of its arrival; see <see cref="TextTimes"/>. Times of arrival rise from line to line.</summary>
internal sealed class TextClock(TextTimes times, TimeProvider provider)
{
    private const long Day = 24 * 3600 * UnixTime.NanosecondsPerSecond;
    private const long AheadMax = 60 * UnixTime.NanosecondsPerSecond;

    // A clock of another zone is off by quarters of an hour; a line that was written now by such a clock is no old one.
    private const long QuarterHour = 900 * UnixTime.NanosecondsPerSecond;
    private const long LiveMax = 5 * UnixTime.NanosecondsPerSecond;

    private bool? _usesOwn = times switch { TextTimes.Event => true, TextTimes.Arrival => false, _ => null };
    private long _last;

    /// <summary>What was decided about the times, when it may surprise.</summary>
    public string? Note { get; private set; }

    /// <summary>Whether the last time that was given is the line's own.</summary>
    public bool IsOwn { get; private set; }

    /// <param name="line">With its own time, if it has one.</param>
    /// <param name="isTable">Whether the text is a table or a record of dates, however old.</param>
    public long TimeOf(LineValues line, bool isTable)
    {
        IsOwn = (line.Time ?? line.ClockTime) is { } own && UsesOwn(own, isTable, isClock: line.Time is null);
        return IsOwn ? (line.Time ?? line.ClockTime)!.Value : Arrival();
    }

    private bool UsesOwn(long time, bool isTable, bool isClock)
    {
        if (_usesOwn is { } known) return known;
        var now = UnixTime.Now(provider);
        if (isClock)
        {
            // A time of day alone tells no zone: it is taken for that of another day's report only when it is not just now in any zone.
            var off = Math.Abs(now - time) % QuarterHour;
            _usesOwn = Math.Min(off, QuarterHour - off) > LiveMax && time <= now;
            return _usesOwn.Value;
        }
        // Times that lie ahead would be refused.
        _usesOwn = (isTable || time > now - Day) && time <= now + AheadMax;
        if (_usesOwn == false)
        {
            var what = time > now ? "ahead of the clock" : "not of the last day";
            Note = $"The lines are of {UnixTime.ToDateTime(time):yyyy-MM-dd HH:mm}, {what}: values are shown when they arrive. "
                + "To keep their times, ask for times of the lines.";
        }
        return _usesOwn.Value;
    }

    private long Arrival()
    {
        var now = UnixTime.Now(provider);
        return _last = now > _last ? now : _last + UnixTime.NanosecondsPerTick;
    }
}
