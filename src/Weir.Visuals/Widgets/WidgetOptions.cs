using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Weir.Visuals.Dashboards;
using Weir.Visuals.Widgets;

namespace Weir;

/// <summary>What a widget is and shows: the record that a program writes is the one that the document holds. Immutable: a change is another record with the same id.</summary>
/// <remarks>Options count when the widget is made. A later call with the same id gives none or the same ones; others are an error that names both places.</remarks>
public abstract record WidgetOptions
{
    /// <summary>Name of the widget on its dashboard. Calls such as <c>Live.Metric(id)</c> set it.</summary>
    [JsonPropertyOrder(-2)]
    public string Id { get; init; } = "";

    /// <summary>Name of the kind as the document writes it, such as <c>metric</c>.</summary>
    [JsonIgnore]
    public abstract string Kind { get; }

    /// <summary>What the header says; the id when null.</summary>
    [JsonPropertyOrder(-1)]
    public string? Title { get; init; }

    /// <summary>What the question mark beside the title tells.</summary>
    public string? Help { get; init; }

    /// <summary>Columns of the grid to take, 1 to 12.</summary>
    [DefaultValue(1), Range(1, 12)]
    public int Span { get; init; } = 1;

    /// <summary>File and line of the call that made the widget, such as <c>Program.cs:12</c>; null when no program did. Never a path, which would tell where it was built.</summary>
    public string? Source { get; init; }

    /// <summary>The widget by itself, as the document has it.</summary>
    /// <exception cref="InvalidOperationException">Its kind is not registered.</exception>
    public string ToJson()
    {
        _ = DashboardJson.TypeOf(this);
        return DashboardJson.Text(this);
    }

    /// <summary>Checks what no attribute of one property can say.</summary>
    /// <exception cref="ArgumentException">An option is not allowed; the message says what is, and <see cref="ArgumentException.ParamName"/> names it.</exception>
    public virtual void Validate(OptionRules rules)
    {
    }
}
