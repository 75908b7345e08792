using System.Runtime.CompilerServices;
using Weir.Engine.Series;
using Weir.Hosting;
using Weir.Instruments;
using Weir.Visuals.Widgets;

namespace Weir;

/// <summary>Counters and histograms: what an application counts and measures, with a chart of each.</summary>
public sealed partial class Dashboard
{
    private readonly Lock _ratesCreation = new();
    private CounterRates? _rates;

    /// <summary>Gives counters the rates that charts show.</summary>
    internal CounterRates Rates
    {
        get
        {
            lock (_ratesCreation) return _rates ??= new CounterRates(Engine, Time, (series, failure) => DashboardLog.RateFailed(Logger, series, failure));
        }
    }

    /// <summary>A counter and its chart: the rate of the last five seconds, a line for each set of labels.</summary>
    /// <param name="name">Name of the widget and of the series, unique on the dashboard: 1 to 240 characters without " { } * ? = , and control characters.</param>
    /// <param name="options">How the chart looks. A further call with the same name gives none or the same ones.</param>
    /// <param name="file">Where the call stands; the compiler gives it.</param>
    /// <param name="line">Where the call stands; the compiler gives it.</param>
    /// <exception cref="ArgumentException">The name or an option is not allowed; the message says what is.</exception>
    /// <exception cref="InvalidOperationException">The name belongs to a widget of another kind or with other options, or to series that are no counters.</exception>
    public CounterHandle Counter(string name, CounterOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var handle = Find<CounterHandle>(name, "counter")
            ?? CreateInstrument(name, "counter", options ?? new(), Place(file, line), given => new CounterHandle(this, name, given), SeriesKind.Counter, []);
        RequireSame(handle, options, handle.GivenOptions);
        return handle;
    }

    /// <summary>A histogram and its chart: p50, p95 and p99 of each second (<see cref="HistogramOptions.Quantiles"/>), lines for each set of labels.</summary>
    /// <param name="name">Name of the widget and of the series, unique on the dashboard: 1 to 240 characters without " { } * ? = , and control characters.</param>
    /// <param name="options">How the chart looks. A further call with the same name gives none or the same ones.</param>
    /// <param name="file">Where the call stands; the compiler gives it.</param>
    /// <param name="line">Where the call stands; the compiler gives it.</param>
    /// <exception cref="ArgumentException">The name or an option is not allowed; the message says what is.</exception>
    /// <exception cref="InvalidOperationException">The name belongs to a widget of another kind or with other options, or to series that are no histogram.</exception>
    public HistogramHandle Histogram(string name, HistogramOptions? options = null, [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        var given = options ?? new();
        var handle = Find<HistogramHandle>(name, "histogram")
            ?? CreateInstrument(name, "histogram", given, Place(file, line), _ => new HistogramHandle(this, name, given), SeriesKind.Histogram, given.Quantiles);
        RequireSame(handle, options, handle.GivenOptions);
        return handle;
    }

    private THandle CreateInstrument<THandle, TOptions>(
        string name, string kind, TOptions options, string? source, Func<TOptions, THandle> create, SeriesKind series, IReadOnlyList<double> quantiles)
        where THandle : WidgetHandle
        where TOptions : InstrumentOptions
    {
        var chart = InstrumentChart.Create(name, series, options.Unit, quantiles, name, "") with { Title = options.Title, Help = options.Help, Span = options.Span, Source = source };
        OptionRules.Check(chart);
        if (name.Length > InstrumentChart.NameLengthMax)
        {
            throw new ArgumentException(
                $"The name of {kind} '{name}' is {name.Length} long; allowed are 1 to {InstrumentChart.NameLengthMax} characters, since rates and sums have names with an ending.", nameof(name));
        }
        options.Validate(name);
        lock (_creation)
        {
            if (Find<THandle>(name, kind) is { } known) return known;
            // The place first: it may be refused, and then nothing is left behind.
            var place = PlaceForNext();
            var handle = create(options);
            handle.Source = source;
            Document.AddWidget(chart, place);
            _handles[name] = handle;
            if (series == SeriesKind.Counter) Rates.Watch(name);
            return handle;
        }
    }

    private static void RequireSame(WidgetHandle made, InstrumentOptions? given, InstrumentOptions known)
    {
        if (given is null || given.Equals(known)) return;
        throw new InvalidOperationException(
            $"The {made.Kind} '{made.Id}' was made with the options {known}; now given was {given}. Give the options at one call only, or the same ones at each, or take another name.");
    }
}
