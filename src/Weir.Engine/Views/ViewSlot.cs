using Weir.Engine.History;
using Weir.Engine.Series;

namespace Weir.Engine.Views;

/// <summary>A series in a view and how far the view has told of it.</summary>
/// <param name="index">Its number in the view; never changes.</param>
/// <param name="series">Its points: those of the catalog, or those that an expression came to.</param>
/// <param name="name">Name for messages.</param>
/// <param name="labels">Labels for messages.</param>
internal sealed class ViewSlot(int index, TimeSeries series, string name, Label[] labels)
{
    private const int TextLengthMax = 1024;
    private readonly string? _text;

    /// <summary>A series of the catalog, with what its history holds.</summary>
    public ViewSlot(int index, TimeSeries series, ISeriesHistory history) : this(index, series, series.Key.Name, series.Key.Labels.ToArray()) =>
        (_text, History) = (Cut(series.Key.ToString()), history);

    /// <summary>Where its points are read; what an expression came to has no history but its points.</summary>
    public ISeriesHistory History { get; } = MemoryHistory.OfPoints;

    public int Index => index;

    public TimeSeries Series => series;

    public string Name => name;

    public ReadOnlySpan<Label> Labels => labels;

    /// <summary>Name and labels in one, cut, for messages that have no room for the longest there may be.</summary>
    public string Text => _text ?? Cut(Name);

    public long Version { get; set; }

    public long ReadTo { get; set; } = long.MinValue;

    private static string Cut(string text) => text.Length > TextLengthMax ? text[..TextLengthMax] + "…" : text;

    /// <summary>What is there already goes to each viewer as history; frames tell what comes after.</summary>
    public void Begin()
    {
        var snapshot = series.Snapshot;
        (Version, ReadTo) = (snapshot.Version, snapshot.LastTime);
    }
}
