using Weir.Engine.Series;

namespace Weir.Connectors.Text;

/// <summary>What a format found in one line. Used again for each line.</summary>
/// <param name="zone">Of times that do not tell theirs.</param>
internal sealed class LineValues(TimeZoneInfo zone)
{
    /// <summary>A line that gives more is read so far.</summary>
    public const int ValuesMax = 256;

    public List<(string Name, double Value, string? Unit)> Values { get; } = [];

    /// <summary>Texts by name, each of which may become a label.</summary>
    public List<Label> Texts { get; } = [];

    /// <summary>The line's own time in Unix nanoseconds, if it has one.</summary>
    public long? Time { get; set; }

    public TimeZoneInfo Zone => zone;

    /// <summary>Earlier lines that were taken for headers and turned out to be none.</summary>
    public List<string> Rejected { get; } = [];

    public void Clear()
    {
        Values.Clear();
        Texts.Clear();
        Rejected.Clear();
        Time = null;
    }

    public void Add(string name, Quantity quantity)
    {
        if (Values.Count < ValuesMax) Values.Add((name, quantity.Value, quantity.Unit));
    }

    /// <summary>Adds a field whatever it is: the time of the line, a number, or a text.</summary>
    public void AddField(string name, ReadOnlySpan<char> text, LabelRule labels)
    {
        if (Time is null && EventTime.IsName(name) && EventTime.TryParse(text, zone, out var time))
        {
            Time = time;
        }
        else if (!labels.IsChosen(name) && Quantity.TryParse(text, out var quantity))
        {
            Add(name, quantity);
        }
        else if (!Quantity.IsGap(text) && Texts.Count < SeriesKey.LabelsMax)
        {
            Texts.Add(new Label(name, text.Trim().ToString()));
        }
    }
}
