namespace Weir.Engine.Ingest;

/// <summary>What became of the points of one request or stretch of a stream.</summary>
public sealed class IngestResult
{
    /// <summary>Reasons that are kept; the rest is only counted.</summary>
    public const int ErrorsMax = 100;

    private readonly List<IngestError> _errors = [];

    public long Accepted { get; private set; }

    public long Rejected { get; private set; }

    /// <summary>Points that were sound but found no room: the sender should come again with them.</summary>
    public long NoRoom { get; private set; }

    /// <summary>The first <see cref="ErrorsMax"/>, in the order in which they were found.</summary>
    public IReadOnlyList<IngestError> Errors => _errors;

    public void Accept(int points = 1) => Accepted += points;

    public void Refuse(int points) => NoRoom += points;

    public void Reject(int position, string message)
    {
        Rejected++;
        if (_errors.Count < ErrorsMax) _errors.Add(new(position, message));
    }
}

/// <summary>Why a point was not taken.</summary>
/// <param name="Position">Line or element in what was sent, from 1.</param>
/// <param name="Message">What was given, what is allowed.</param>
public readonly record struct IngestError(int Position, string Message);
