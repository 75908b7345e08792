namespace Weir.Engine.Queries.Evaluation;

/// <summary>The straight line through points by least squares.</summary>
/// <param name="Slope">Per second.</param>
/// <param name="Level">Value at the time it was taken for.</param>
internal readonly record struct Trend(double Slope, double Level)
{
    public double After(double seconds) => Level + Slope * seconds;

    public static Trend Of(in RangePoints points, long at)
    {
        // Around the means, where nothing cancels.
        var (meanTime, meanValue) = (0.0, 0.0);
        for (var i = 0; i < points.Times.Length; i++)
        {
            meanTime += ((points.Times[i] - at) / 1e9 - meanTime) / (i + 1);
            meanValue += (points.Values[i] - meanValue) / (i + 1);
        }
        var (products, squares) = (0.0, 0.0);
        for (var i = 0; i < points.Times.Length; i++)
        {
            var time = (points.Times[i] - at) / 1e9 - meanTime;
            products += time * (points.Values[i] - meanValue);
            squares += time * time;
        }
        var slope = products / squares;
        return new(slope, meanValue - slope * meanTime);
    }
}
