namespace Weir.Engine.Ingest;

/// <summary>
/// Takes batches of points. The engine is one; a sink that filters, checks or forwards stands in front of another. A sink keeps nothing of a
/// batch after it returns.
/// </summary>
public interface IPointSink
{
    /// <summary>
    /// Takes the points of a batch and adds to <paramref name="result"/> what became of each: accepted, rejected with a reason, or without room.
    /// It may take points out of the batch. Once a point found no room, none after it is taken, so that the sender knows where to go on.
    /// </summary>
    void Take(IngestBatch batch, IngestResult result);
}
