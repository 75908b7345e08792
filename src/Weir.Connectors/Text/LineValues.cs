using Weir.Connectors.Logs;
using Weir.Engine.Series;
using Weir.Engine.Time;

namespace Weir.Connectors.Text;

/// <summary>What a format found in one line. Used again for each line.</summary>
/// <param name="zone">Of times that do not tell theirs.</param>
/// <param name="clock">Of times that do not tell their day; null for the time of 1970.</param>
internal sealed class LineValues(TimeZoneInfo zone, TimeProvider? clock = null)
{
    /// <summary>A line that gives more is read so far.</summary>
    public const int ValuesMax = 256;

    public List<(string Name, double Value, string? Unit)> Values { get; } = [];

    /// <summary>Names of values that the line says are missing.</summary>
    public List<string> Gaps { get; } = [];

    /// <summary>How the numbers of this text are written.</summary>
    public NumberNotation Numbers { get; } = new();

    /// <summary>Labels that the format is certain of, such as the name of a row.</summary>
    public List<Label> Labels { get; } = [];

    /// <summary>The field that holds the time; null to find it by its name.</summary>
    public string? TimeName { get; init; }

    /// <summary>A field that is called like a time and whose text was not understood as one.</summary>
    public string? UnreadTime { get; private set; }

    /// <summary>Texts by name, each of which may become a label.</summary>
    public List<Label> Texts { get; } = [];

    /// <summary>The line's own time in Unix nanoseconds, if it has one.</summary>
    public long? Time { get; set; }

    /// <summary>A time of day at the beginning of the line, in Unix nanoseconds: the last one there was.</summary>
    public long? ClockTime { get; private set; }

    /// <summary>Whether the field of <see cref="TimeName"/> was in any line.</summary>
    public bool HasSeenTimeName { get; private set; }

    public TimeZoneInfo Zone => zone;

    /// <summary>Earlier lines that were taken for headers and turned out to be none.</summary>
    public List<string> Rejected { get; } = [];

    public void Clear()
    {
        Values.Clear();
        Texts.Clear();
        Gaps.Clear();
        Labels.Clear();
        Rejected.Clear();
        Time = ClockTime = null;
    }

    /// <summary>Takes note of a time of day that the line begins with.</summary>
    public void TakeClock(ReadOnlySpan<char> text)
    {
        if (EventTime.TryParseRecent(text, Now, zone, out var time)) ClockTime = time;
    }

    private long Now => clock is null ? 0 : UnixTime.Now(clock);

    public void Add(string name, Quantity quantity)
    {
        if (Values.Count < ValuesMax) Values.Add((name, quantity.Value, quantity.Unit));
    }

    /// <summary>Adds a field whatever it is: the time of the line, a number, or a text.</summary>
    public void AddField(string name, ReadOnlySpan<char> text, LabelRule labels)
    {
        if (TryTakeTime(name, text)) return;
        if (!labels.IsChosen(name) && Quantity.TryParse(text, out var quantity, Numbers))
        {
            Add(name, quantity);
        }
        else if (Quantity.IsGap(text))
        {
            AddGap(name);
        }
        else if (!TryAddPair(name, text) && Texts.Count < SeriesKey.LabelsMax)
        {
            Texts.Add(new Label(name, text.Trim().ToString()));
        }
    }

    public void AddGap(string name)
    {
        if (Gaps.Count < ValuesMax) Gaps.Add(name);
    }

    /// <summary>Whether the field is the time of the line, understood or not.</summary>
    public bool TryTakeTime(string name, ReadOnlySpan<char> text)
    {
        if (Time is not null || !IsTimeName(name)) return false;
        if (EventTime.TryParse(text, zone, out var time) || EventTime.TryParseRecent(text, Now, zone, out time))
        {
            (Time, UnreadTime) = (time, null);
            return true;
        }
        if (!Quantity.IsGap(text) && !Quantity.TryParse(text, out _)) UnreadTime = name;
        return UnreadTime == name;
    }

    public bool IsTimeName(string name)
    {
        if (TimeName is null) return EventTime.IsName(name);
        var isIt = string.Equals(name, TimeName, StringComparison.OrdinalIgnoreCase);
        HasSeenTimeName |= isIt;
        return isIt;
    }

    /// <summary>Takes the time that a line of a log begins with, when no field of it was one.</summary>
    public void TakeLeadingTime(string line)
    {
        // Asked first because most lines begin with a word.
        if (Time is not null || TimeName is not null || clock is null || line.Length <= 15) return;
        if (line[0] is (>= '0' and <= '9') or '[' or '<' or (>= 'A' and <= 'S')) Time = LogTimes.Detect(line, clock);
    }

    /// <summary>Two quantities in one field, <c>2.4GiB / 12GiB</c>: what is used and its limit, or in and out.</summary>
    private bool TryAddPair(string name, ReadOnlySpan<char> text)
    {
        var slash = text.IndexOf(" / ");
        if (slash < 0 || !Quantity.TryParse(text[..slash], out var first, Numbers) || !Quantity.TryParse(text[(slash + 3)..], out var second, Numbers)) return false;
        var parts = name.Split(" / ", 2);
        if (parts.Length == 2)
        {
            Add(parts[0], first);
            Add(parts[1], second);
        }
        else if (name.EndsWith("IO", StringComparison.OrdinalIgnoreCase) || name.EndsWith("I/O", StringComparison.OrdinalIgnoreCase))
        {
            Add(name + ".in", first);
            Add(name + ".out", second);
        }
        else
        {
            Add(name, first);
            Add(name + ".limit", second);
        }
        return true;
    }
}
