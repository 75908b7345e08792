using System.Text.RegularExpressions;
using Weir.Engine.Queries;
using Weir.Visuals.Widgets;

namespace Weir.Options;

/// <summary>Checks the options of one widget; each refusal names the widget, the option, the value and what is allowed.</summary>
internal sealed partial class OptionRules(string kind, string id)
{
    public void Range(string option, double? value, double min, double max)
    {
        if (value is { } given && !(given >= min && given <= max)) throw Refuse(option, given, max < int.MaxValue ? $"{min} to {max}" : $"{min} or more");
    }

    public void Finite(string option, double? value)
    {
        if (value is { } given && !double.IsFinite(given)) throw Refuse(option, given, "a finite number");
    }

    public void Ends(double? min, double? max)
    {
        Finite("Min", min);
        Finite("Max", max);
        if (min >= max) throw Refuse("Max", max!, $"a number above Min, which is {min}");
    }

    public void Text(string option, string? value, int lengthMax)
    {
        if (value is not null && (string.IsNullOrWhiteSpace(value) || value.Length > lengthMax)) throw Refuse(option, value, $"1 to {lengthMax} characters");
    }

    public void Color(string option, string? value)
    {
        if (value is not null && !ColorPattern().IsMatch(value)) throw Refuse(option, value, "a color such as #ffaa00, #fa0 or orange");
    }

    public void Thresholds(IReadOnlyList<Threshold>? thresholds)
    {
        foreach (var threshold in thresholds ?? [])
        {
            Finite("Thresholds", threshold.Value);
            Color("Thresholds", threshold.Color);
            if (threshold.Severity is null && threshold.Color is null) throw Refuse("Thresholds", threshold.Value, "a threshold with a severity or a color, such as Threshold.Warning(80)");
        }
    }

    public void Selectors(string option, IReadOnlyList<string> selectors)
    {
        foreach (var selector in selectors)
        {
            try
            {
                Selector.Parse(selector);
            }
            catch (ArgumentException e)
            {
                throw new ArgumentException($"{option} of {kind} '{id}': {e.Message}", option, e);
            }
        }
    }

    public ArgumentException Refuse(string option, object value, string allowed) =>
        new(FormattableString.Invariant($"{option} of {kind} '{id}' is {(value is string ? $"'{value}'" : value)}; allowed is {allowed}."), option);

    [GeneratedRegex("^(#([0-9a-fA-F]{3}|[0-9a-fA-F]{4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})|[a-zA-Z]{3,32})$")]
    private static partial Regex ColorPattern();
}
