using System.Runtime.CompilerServices;
using Weir.Engine.Queries;
using Weir.Visuals.Widgets;

namespace Weir;

/// <summary>Widgets that are computed from series, and widgets of kinds that other assemblies register.</summary>
public sealed partial class Dashboard
{
    /// <summary>A line chart of a PromQL expression, such as <c>quantile_over_time(0.99, latency[10s])</c>: one line for each series that it comes to.</summary>
    /// <param name="id">Name of the widget, unique on the dashboard.</param>
    /// <param name="expression">Evaluated at each pixel column as time goes on; viewers who look at the same share the work.</param>
    /// <param name="options">How it looks; <see cref="LineChartOptions.LegendTemplate"/> names its lines.</param>
    /// <param name="file">Where the call stands; the compiler gives it.</param>
    /// <param name="line">Where the call stands; the compiler gives it.</param>
    /// <exception cref="QueryException">The expression cannot be read; the message begins with line and column.</exception>
    /// <exception cref="ArgumentException">The id or an option is not allowed; the message says what is.</exception>
    /// <exception cref="InvalidOperationException">The id belongs to another widget, or to this one with another expression or other options.</exception>
    public QueryHandle Query(string id, string expression, LineChartOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(expression);
        QueryEngine.Check(expression);
        if (options is { Queries.Count: > 0 }) throw new ArgumentException($"Queries of query '{id}' are given by its expression; leave the option out.", nameof(options));
        if (options?.ToWindow() is { } window) throw new ArgumentException($"Window of query '{id}' is {window}; an expression says its windows itself, as in rate(orders[10s]).", nameof(options));
        // What has a parenthesis is never taken for the name of series, as "a-b" would be.
        var text = expression.Contains('(', StringComparison.Ordinal) ? expression : $"({expression})";
        return FindOrCreate(id, "line", (options ?? new LineChartOptions()) with { Queries = [text] }, Place(file, line), given => (new QueryHandle(this, id, expression), given));
    }

    /// <summary>A widget of a kind that was registered with <see cref="WidgetKinds.Register"/>.</summary>
    /// <typeparam name="TOptions">The record of the kind.</typeparam>
    /// <param name="id">Name of the widget and of its series or table, unique on the dashboard.</param>
    /// <param name="options">How it looks. A further call with the same id gives none or the same ones.</param>
    /// <param name="file">Where the call stands; the compiler gives it.</param>
    /// <param name="line">Where the call stands; the compiler gives it.</param>
    /// <exception cref="ArgumentException">The id or an option is not allowed; the message says what is.</exception>
    /// <exception cref="InvalidOperationException">The kind is not registered or is one of Weir's own, or the id belongs to another widget.</exception>
    public CustomHandle Widget<TOptions>(string id, TOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
        where TOptions : WidgetOptions, new()
    {
        var kind = (options ?? new TOptions()).Kind;
        if (WidgetKinds.Find(kind) is { Script: null }) throw new InvalidOperationException($"Kind '{kind}' is one of Weir's own: call the method that is named like it.");
        return Known<CustomHandle>(id, kind, options) ?? FindOrCreate(id, kind, options, Place(file, line), given =>
        {
            var handle = new CustomHandle(this, given);
            WidgetOptions shown = given switch
            {
                SeriesWidgetOptions { Queries.Count: 0 } series => series with { Queries = [ShownBy(series, handle.Series!).Key.ToString()] },
                RowsWidgetOptions { Table: null } rows => rows with { Table = id },
                _ => given,
            };
            return (handle, (TOptions)shown);
        });
    }
}
