using Weir.Engine.Time;

namespace Weir.Connectors.Text;

/// <summary>Gives each line its time: its own, or that of its arrival; see <see cref="TextTimes"/>. Times of arrival rise from line to line.</summary>
internal sealed class TextClock(TextTimes times, TimeProvider provider)
{
    private static readonly long Day = 24 * 3600 * UnixTime.NanosecondsPerSecond;

    private bool? _usesOwn = times switch { TextTimes.Event => true, TextTimes.Arrival => false, _ => null };
    private long _last;

    /// <summary>What was decided about the times, when it may surprise.</summary>
    public string? Note { get; private set; }

    public long TimeOf(long? own, bool isTable = false)
    {
        if (own is not { } time) return Arrival();
        if (_usesOwn is null)
        {
            var now = UnixTime.Now(provider);
            // A table of dates is about its dates, however old. Times that lie ahead would be refused.
            _usesOwn = (isTable || time > now - Day) && time <= now + 60 * UnixTime.NanosecondsPerSecond;
            if (_usesOwn == false)
            {
                Note = $"The lines are of {UnixTime.ToDateTime(time):yyyy-MM-dd HH:mm}, not of the last day: values are shown when they arrive. To keep their times, ask for times of the lines.";
            }
        }
        return _usesOwn == true ? time : Arrival();
    }

    private long Arrival()
    {
        var now = UnixTime.Now(provider);
        return _last = now > _last ? now : _last + UnixTime.NanosecondsPerTick;
    }
}
