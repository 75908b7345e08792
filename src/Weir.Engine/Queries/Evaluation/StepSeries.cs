namespace Weir.Engine.Queries.Evaluation;

/// <summary>A series of a vector: a value a step, or <see cref="Absent"/>.</summary>
internal sealed record StepSeries(QueryLabels Labels, double[] Values);

/// <summary>A series of a range selector: all its points that any step may look at, gaps left out.</summary>
internal sealed record RangeSeries(QueryLabels Labels, long[] Times, double[] Values);
