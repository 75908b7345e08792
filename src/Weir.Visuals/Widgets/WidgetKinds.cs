using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace Weir.Visuals.Widgets;

/// <summary>The kinds of widgets that dashboards of this process may hold: Weir's own, and those that other assemblies register.</summary>
public static partial class WidgetKinds
{
    /// <summary>Kinds that there may be.</summary>
    public const int KindsMax = 256;

    /// <summary>Characters that the script of a kind may have.</summary>
    public const int ScriptLengthMax = 4 << 20;

    private static readonly Lock Gate = new();

    private static ImmutableArray<WidgetKind> _all =
    [
        new("metric", typeof(MetricOptions)),
        new("stat", typeof(StatOptions)),
        new("gauge", typeof(GaugeOptions)),
        new("line", typeof(LineChartOptions)),
        new("table", typeof(TableOptions)),
        new("log", typeof(LogOptions)),
        new("text", typeof(TextOptions)),
        new("markdown", typeof(MarkdownOptions)),
    ];

    /// <summary>In the order in which they were registered.</summary>
    public static ImmutableArray<WidgetKind> All
    {
        get
        {
            lock (Gate) return _all;
        }
    }

    /// <summary>The kind of this name; null when there is none.</summary>
    public static WidgetKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);

    /// <summary>Registers a kind. Again with the same options it does nothing.</summary>
    /// <typeparam name="TOptions">Its record, derived from <see cref="SeriesWidgetOptions"/>, <see cref="RowsWidgetOptions"/> or <see cref="WidgetOptions"/>.</typeparam>
    /// <param name="name">What <see cref="WidgetOptions.Kind"/> of the record returns: 1 to 32 lower-case letters, digits and hyphens, a letter first.</param>
    /// <param name="types">The record's context of System.Text.Json source generation.</param>
    /// <param name="script">Text of a JavaScript module; the server serves it at <c>/kinds/{name}.js</c>.</param>
    /// <exception cref="ArgumentException">The name or the script is not allowed, or the context does not know the record.</exception>
    /// <exception cref="InvalidOperationException">The name belongs to another kind, or there are <see cref="KindsMax"/>.</exception>
    public static WidgetKind Register<TOptions>(string name, IJsonTypeInfoResolver types, string script)
        where TOptions : WidgetOptions
    {
        var kind = Create<TOptions>(name, types, script);
        lock (Gate)
        {
            if (_all.FirstOrDefault(known => known.Name == name) is not { } taken)
            {
                _all = Add(_all, kind);
                return kind;
            }
            return taken.Options == typeof(TOptions)
                ? taken
                : throw new InvalidOperationException($"Kind '{name}' belongs to {taken.Options.FullName}; {typeof(TOptions).FullName} needs another name.");
        }
    }

    internal static ImmutableArray<WidgetKind> Add(ImmutableArray<WidgetKind> all, WidgetKind kind) => all.Length < KindsMax
        ? all.Add(kind)
        : throw new InvalidOperationException($"There are {KindsMax} kinds of widgets already; '{kind.Name}' would be one too many.");

    internal static WidgetKind Create<TOptions>(string name, IJsonTypeInfoResolver types, string script)
        where TOptions : WidgetOptions
    {
        ArgumentNullException.ThrowIfNull(types);
        if (string.IsNullOrWhiteSpace(script) || script.Length > ScriptLengthMax)
        {
            throw new ArgumentException($"The script of kind '{name}' has {script?.Length ?? 0} characters; 1 to {ScriptLengthMax} are allowed.", nameof(script));
        }
        if (name is null || !NamePattern().IsMatch(name))
        {
            throw new ArgumentException($"A kind cannot be named '{name}'; allowed are 1 to 32 lower-case letters (a to z), digits and hyphens, a letter first.", nameof(name));
        }
        if (types.GetTypeInfo(typeof(TOptions), new() { TypeInfoResolver = types }) is null)
        {
            throw new ArgumentException($"The types of kind '{name}' do not have {typeof(TOptions).Name}: add [JsonSerializable(typeof({typeof(TOptions).Name}))] to the context.", nameof(types));
        }
        return new WidgetKind(name, typeof(TOptions), types, script);
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,31}$")]
    private static partial Regex NamePattern();
}
