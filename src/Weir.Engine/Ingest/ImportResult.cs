namespace Weir.Engine.Ingest;

/// <summary>What became of the points of an import.</summary>
/// <param name="Imported">Points taken, those that replaced another included.</param>
/// <param name="Replaced">How many of these took the place of a point with the same time, of the series or of the import itself.</param>
/// <param name="RefusedAhead">Points refused since they lie too far ahead of the clock.</param>
/// <param name="Evicted">How many of the imported points were let go again at once, oldest first, to stay within the memory budget or the limit of the series.</param>
/// <param name="Reason">Why points were refused; null when none was.</param>
public readonly record struct ImportResult(long Imported, long Replaced, long RefusedAhead, long Evicted, string? Reason);
