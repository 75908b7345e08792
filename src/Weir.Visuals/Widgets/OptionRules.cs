using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization.Metadata;
using Weir.Engine.Queries;
using Weir.Visuals.Dashboards;

namespace Weir.Visuals.Widgets;

/// <summary>Checks the options of one widget; each refusal names the widget, the option, the value and what is allowed.</summary>
public sealed class OptionRules
{
    private readonly string _kind;
    private readonly string _id;

    private OptionRules(WidgetOptions options) => (_kind, _id) = (options.Kind, options.Id);

    /// <summary>Checks what the attributes of the options declare, and then what the kind checks itself.</summary>
    /// <exception cref="ArgumentException">An option is not allowed; the message says what is.</exception>
    public static void Check(WidgetOptions options)
    {
        WidgetId.Require(options.Id);
        var rules = new OptionRules(options);
        foreach (var property in DashboardJson.TypeOf(options).Properties)
        {
            if (property.Get?.Invoke(options) is { } value) rules.CheckDeclared(property, value);
        }
        options.Validate(rules);
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
        if (value is not null && !CssColor.IsColor(value)) throw Refuse(option, value, "a color such as #ffaa00 or #fa0, or a name of CSS such as orange");
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

    /// <summary>Selectors, or one PromQL expression: what has parentheses or brackets is one, but for the name of the widget itself.</summary>
    public void Queries(string option, IReadOnlyList<string> queries)
    {
        foreach (var query in queries)
        {
            if (queries.Count > 1 && IsExpression(query)) throw Refuse(option, query, "an expression by itself; Live.Query makes a chart of one");
            try
            {
                if (IsExpression(query)) QueryEngine.Check(query);
                else Selector.Parse(query);
            }
            catch (ArgumentException e)
            {
                throw new ArgumentException($"{option} of {_kind} '{_id}': {e.Message}", option, e);
            }
        }
    }

    public ArgumentException Refuse(string option, object value, string allowed) =>
        new(FormattableString.Invariant($"{option} of {_kind} '{_id}' is {(value is string ? $"'{value}'" : value)}; allowed is {allowed}."), option);

    private bool IsExpression(string query)
    {
        var labels = query.IndexOf('{');
        return query.AsSpan(0, labels < 0 ? query.Length : labels).IndexOfAny('(', '[') >= 0
            && !(_id.AsSpan().IndexOfAny('(', '[') >= 0 && query.StartsWith(_id, StringComparison.Ordinal));
    }

    private void CheckDeclared(JsonPropertyInfo property, object value)
    {
        var option = DashboardJson.OptionOf(property);
        if (property.Declared<RangeAttribute>() is { } range)
        {
            var (number, min, max) = (ToDouble(value), ToDouble(range.Minimum), ToDouble(range.Maximum));
            if (!(number >= min && number <= max)) throw Refuse(option, value, max < int.MaxValue ? $"{min} to {max}" : $"{min} or more");
        }
        if (property.Declared<StringLengthAttribute>() is { } length) Text(option, (string)value, length.MaximumLength);
        if (value is Enum choice && !Enum.IsDefined(choice.GetType(), choice)) throw Refuse(option, value, string.Join(", ", Enum.GetNames(choice.GetType())));
    }

    private static double ToDouble(object value) => Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture);
}
