namespace Weir.Engine.Sketches;

/// <summary>
/// Distributions over time: columns of counts by rows of values, as a latency heatmap draws them. Rows are equal parts of octaves, the same for
/// all columns, so that neighbours compare.
/// </summary>
public sealed class Heatmap
{
    /// <summary>Rows at most; more are folded in pairs.</summary>
    public const int RowsMax = 512;

    private readonly long[] _counts;

    private Heatmap(double[] bounds, int columns)
    {
        Bounds = bounds;
        Columns = columns;
        _counts = new long[Rows * columns];
    }

    /// <summary>Where rows begin, rising, and where the last one ends: one more than there are rows.</summary>
    public IReadOnlyList<double> Bounds { get; }

    public int Rows => Math.Max(0, Bounds.Count - 1);

    public int Columns { get; }

    /// <summary>How many values of a column lie in a row.</summary>
    public long this[int column, int row] => _counts[column * Rows + row];

    /// <summary>
    /// The heatmap of some sketches, a column for each. Rows are as fine as the coarsest sketch allows, or coarser, until they are few enough.
    /// Only positive values have rows: zero and negative ones have no place on a logarithmic axis.
    /// </summary>
    /// <param name="sketches">One for each column, oldest first; an empty one gives an empty column.</param>
    /// <param name="rowsMax">Rows at most: 1 to 512.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of rows lies outside its range.</exception>
    public static Heatmap Of(IReadOnlyList<QuantileSketch> sketches, int rowsMax = 64)
    {
        ArgumentNullException.ThrowIfNull(sketches);
        if (rowsMax is < 1 or > RowsMax) throw new ArgumentOutOfRangeException(nameof(rowsMax), rowsMax, $"{rowsMax} rows were allowed; a heatmap takes 1 to {RowsMax}.");
        var reach = Reach.None;
        foreach (var sketch in sketches) reach = Reach.Join(reach, sketch.Reach());
        if (reach.Positive.IsEmpty) return new Heatmap([], sketches.Count);

        var fold = 0;
        while (reach.Positive.Fold(fold).Count > rowsMax) fold++;
        var rows = reach.Positive.Fold(fold);
        var bounds = new double[rows.Count + 1];
        for (var row = 0; row < bounds.Length; row++) bounds[row] = LowerBound(rows.First + row, fold, reach.Precision);
        var heatmap = new Heatmap(bounds, sketches.Count);
        for (var column = 0; column < sketches.Count; column++)
        {
            var sketch = sketches[column];
            sketch.AddPositive(heatmap._counts.AsSpan(column * rows.Count, rows.Count), rows.First, sketch.Precision - reach.Precision + fold);
        }
        return heatmap;
    }

    /// <summary>Where a row begins whose number has lost some bits. Past the first or last bucket there is no double, and the bound is that of the doubles.</summary>
    private static double LowerBound(int row, int fold, int precision)
    {
        var index = Math.Clamp((long)row << fold, LogLinear.First(precision), LogLinear.End(precision));
        return index == LogLinear.End(precision) ? double.MaxValue : LogLinear.LowerBound((int)index, precision);
    }
}
