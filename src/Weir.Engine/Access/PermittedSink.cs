using Weir.Engine.Ingest;

namespace Weir.Engine.Access;

/// <summary>Stands in front of a sink and rejects the points that a scope may not send.</summary>
/// <param name="sink">Takes the others.</param>
/// <param name="scope">Who sends.</param>
public sealed class PermittedSink(IPointSink sink, AccessScope scope) : IPointSink
{
    public void Take(IngestBatch batch, IngestResult result)
    {
        if (!scope.SendsAll) batch.RemoveWhere(key => !scope.CanSend(key.Name), (key, position) => result.Reject(position, $"'{key.Name}' may not be sent with this access"));
        sink.Take(batch, result);
    }
}
