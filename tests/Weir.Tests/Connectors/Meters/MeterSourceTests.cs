using System.Diagnostics.Metrics;
using Microsoft.Extensions.Time.Testing;
using Weir.Connectors.Meters;
using Weir.Engine;
using Weir.Engine.Series;
using Weir.Tests.Data;

namespace Weir.Tests.Connectors.Meters;

public sealed class MeterSourceTests : IDisposable
{
    private readonly string _name = "Weir.Tests." + Guid.NewGuid().ToString("N");
    private readonly Meter _meter;
    private readonly FakeTimeProvider _time = ManualClock.AtNoon();
    private readonly TimeSeriesEngine _engine;
    private readonly MeterSource _source;

    public MeterSourceTests()
    {
        _meter = new Meter(_name);
        _engine = new TimeSeriesEngine(time: _time);
        _source = new MeterSource(_engine, _name[..^4] + "*");
    }

    public void Dispose()
    {
        _source.Dispose();
        _engine.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void Counters_are_running_totals_by_tags()
    {
        var counter = _meter.CreateCounter<int>("requests", "{request}");
        counter.Add(2, new KeyValuePair<string, object?>("code", 200));
        counter.Add(1, new KeyValuePair<string, object?>("code", 500));
        Collect();
        counter.Add(3, new KeyValuePair<string, object?>("code", 200));
        Collect();
        Assert.Equal([0, 2, 5], _engine.ValuesOf("requests{code=\"200\"}"));
        Assert.Equal([0, 1, 1], _engine.ValuesOf("requests{code=\"500\"}"));
        Assert.Equal([new ObservedInstrument("requests", _name, "count", SeriesKind.Counter, null)], _source.Instruments);
    }

    [Fact]
    public void Up_down_counters_are_their_present_sum()
    {
        var counter = _meter.CreateUpDownCounter<long>("open");
        counter.Add(5);
        counter.Add(-2);
        Collect();
        Assert.Equal([3], _engine.ValuesOf("open"));
        Assert.Equal(SeriesKind.Gauge, Assert.Single(_source.Instruments).Kind);
    }

    [Fact]
    public void Gauges_are_sent_as_they_are_recorded()
    {
        var gauge = _meter.CreateGauge<double>("level", "By");
        gauge.Record(1.5);
        gauge.Record(2.5);
        Assert.Equal([1.5, 2.5], _engine.ValuesOf("level"));
        Assert.Equal("bytes", Assert.Single(_source.Instruments).Unit);
    }

    [Fact]
    public void Histograms_are_distributions_with_a_count_and_a_sum()
    {
        var histogram = _meter.CreateHistogram<float>("duration", "s");
        histogram.Record(0.5f);
        histogram.Record(1.5f);
        Collect();
        Assert.Equal([0, 2], _engine.ValuesOf("duration.count"));
        Assert.Equal([0, 2], _engine.ValuesOf("duration.sum"));
        Assert.Equal(0.5, Assert.Single(_engine.ValuesOf("duration{quantile=\"0.5\"}")), 0.01);
        Assert.Equal(new ObservedInstrument("duration", _name, "s", SeriesKind.Histogram, null), Assert.Single(_source.Instruments));
    }

    [Fact]
    public void Observable_instruments_are_asked_once_an_interval()
    {
        var calls = 0;
        _meter.CreateObservableGauge("temperature", () => ++calls);
        // The source asked once when it was made, before there was an instrument.
        for (var second = 0; second < 3; second++) _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([1, 2, 3], _engine.ValuesOf("temperature"));
    }

    [Fact]
    public void A_callback_that_throws_is_counted_named_once_and_keeps_no_other_from_being_asked()
    {
        var told = new List<string>();
        var fails = true;
        _meter.CreateObservableGauge("first", () => 1);
        _meter.CreateObservableCounter("broken", () => fails ? throw new TimeoutException("No answer.") : 7L);
        _meter.CreateObservableUpDownCounter("last", () => 3);
        using var source = new MeterSource(_engine, _name, callbackFailed: (name, failure) =>
        {
            told.Add($"{name}: {failure.Message}");
            throw new FormatException("Whoever is told throws as well.");
        });
        _source.Dispose();
        for (var second = 0; second < 3; second++) _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([$"{_name}/broken: No answer."], told);
        Assert.True(source.FailedCallbacks >= 3);
        Assert.IsType<TimeoutException>(source.Failure);
        Assert.True(_engine.ValuesOf("first").Length >= 3);
        Assert.True(_engine.ValuesOf("last").Length >= 3);
        fails = false;
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(source.Failure);
        Assert.Equal([7], _engine.ValuesOf("broken"));
    }

    [Fact]
    public void An_observable_instrument_whose_meter_ended_is_asked_no_more()
    {
        var calls = 0;
        _meter.CreateObservableGauge("temperature", () => ++calls);
        _time.Advance(TimeSpan.FromSeconds(1));
        _meter.Dispose();
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal((1, 0L), (calls, _source.FailedCallbacks));
    }

    [Fact]
    public void A_meter_of_another_engine_is_left_alone()
    {
        using var other = new TimeSeriesEngine(time: _time);
        using var foreign = new Meter(new MeterOptions(_name) { Scope = other });
        using var own = new Meter(new MeterOptions(_name) { Scope = _engine });
        foreign.CreateGauge<int>("foreign").Record(1);
        own.CreateGauge<int>("own").Record(1);
        Assert.Equal("own", Assert.Single(_source.Instruments).Series);
    }

    [Fact]
    public void The_meter_is_a_label_unless_a_tag_has_its_name()
    {
        _meter.CreateGauge<int>("a").Record(1);
        _meter.CreateGauge<int>("b").Record(1, new KeyValuePair<string, object?>("meter", "mine"));
        Assert.Equal([1], _engine.ValuesOf($"a{{meter=\"{_name}\"}}"));
        Assert.Equal([1], _engine.ValuesOf("b{meter=\"mine\"}"));
    }

    [Fact]
    public void A_tag_that_is_called_as_queries_call_the_name_is_no_error()
    {
        _meter.CreateGauge<int>("a").Record(1, new("__name__", "b"), new("meter", "mine"));
        Assert.Equal([1], _engine.ValuesOf("a{meter=\"mine\",name=\"b\"}"));
    }

    [Fact]
    public void Measuring_never_fails_because_a_series_is_of_another_kind()
    {
        _engine.Resolve(new SeriesKey("taken", new Label("meter", _name)), SeriesKind.Gauge);
        var counter = _meter.CreateCounter<int>("taken");
        counter.Add(1);
        counter.Add(1);
        Assert.Equal(2, _source.Refused);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void A_histogram_refuses_what_is_not_finite_and_goes_on(double value)
    {
        var histogram = _meter.CreateHistogram<double>("wait");
        histogram.Record(4);
        histogram.Record(value);
        Collect();
        histogram.Record(3);
        Collect();
        Assert.Equal([0, 4, 7], _engine.ValuesOf("wait.sum"));
        Assert.Equal([0, 1, 2], _engine.ValuesOf("wait.count"));
        Assert.Equal(1, _engine.Counters.RefusedIncrements);
    }

    [Fact]
    public void A_counter_refuses_negative_increments()
    {
        var counter = _meter.CreateCounter<double>("sold");
        counter.Add(7);
        Collect();
        counter.Add(-4);
        Collect();
        Assert.Equal([0, 7, 7], _engine.ValuesOf("sold"));
        Assert.Equal(1, _engine.Counters.RefusedIncrements);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void A_tag_without_a_value_is_no_label(string? value)
    {
        var counter = _meter.CreateCounter<int>("visits");
        counter.Add(1, new KeyValuePair<string, object?>("from", value));
        counter.Add(2);
        Collect();
        Assert.Equal([0, 3], _engine.ValuesOf("visits"));
    }

    [Fact]
    public void Long_names_that_begin_alike_stay_apart()
    {
        var start = new string('n', 250);
        _meter.CreateHistogram<int>(start + "a").Record(1);
        _meter.CreateHistogram<int>(start + "b").Record(1);
        Assert.Equal(2, _source.Instruments.Select(instrument => instrument.Series).Distinct().Count());
        Assert.Equal(0, _source.Refused);
    }

    [Fact]
    public void A_histogram_takes_a_tag_called_quantile()
    {
        _meter.CreateHistogram<int>("shares").Record(1, new KeyValuePair<string, object?>("quantile", "upper"));
        Collect();
        Assert.Equal([0, 1], _engine.ValuesOf("shares.count{tag.quantile=\"upper\"}"));
    }

    [Fact]
    public void A_measurement_with_known_tags_allocates_nothing()
    {
        var counter = _meter.CreateCounter<long>("hot");
        KeyValuePair<string, object?>[] tags = [new("code", "200"), new("path", "/")];
        counter.Add(1, tags);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) counter.Add(1, tags);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Additions_from_many_threads_all_count()
    {
        var counter = _meter.CreateCounter<int>("parallel");
        Parallel.For(0, 8, _ =>
        {
            for (var i = 0; i < 10_000; i++) counter.Add(1);
        });
        Collect();
        Assert.Equal([0, 80_000], _engine.ValuesOf("parallel"));
    }

    [Fact]
    public void Meters_that_do_not_match_are_left_alone()
    {
        using var other = new Meter("Other." + _name);
        other.CreateGauge<int>("elsewhere").Record(1);
        Assert.Empty(_source.Instruments);
    }

    private void Collect()
    {
        _time.Advance(_engine.Options.RecordingInterval.ToTimeSpan());
        _engine.RunRound();
    }
}
