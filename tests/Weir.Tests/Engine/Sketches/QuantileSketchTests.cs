using Weir.Engine.Sketches;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Sketches;

/// <summary>What the sketch promises: every quantile within its relative error of the sorted values' own, the rest exact.</summary>
public sealed class QuantileSketchTests
{
    public static TheoryData<string> Names => new(Distributions.All.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Quantiles_lie_within_the_error_of_the_sorted_values(string distribution) => Property.Holds(8, random =>
    {
        var sketch = new QuantileSketch(random.Next(3) switch { 0 => 0.001, 1 => 0.01, _ => 0.1 });
        var values = Distributions.All[distribution](random, random.Next(1, 4000));
        foreach (var value in values) sketch.Add(value);
        SortedValues.AssertHolds(sketch, values);
    });

    [Fact]
    public void Error_asked_for_is_kept_until_values_fold()
    {
        foreach (var error in new[] { 0.0001, 0.001, 0.01, 0.02, 0.1, 0.5 }) Assert.InRange(new QuantileSketch(error).RelativeError, error / 2.01, error);
    }
}
