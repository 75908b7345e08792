namespace Weir.Visuals.Dashboards;

/// <summary>What is wrong at one place of a document.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1, in bytes.</param>
/// <param name="Message">What was found and what is allowed.</param>
public sealed record DashboardProblem(int Line, int Column, string Message)
{
    public override string ToString() => $"({Line},{Column}): {Message}";
}

/// <summary>A document that was read: what could be understood of it, and everything that could not.</summary>
/// <param name="Document">Null when the text is no JSON object or has no usable id.</param>
/// <param name="Problems">In the order in which they were found; empty when all is well.</param>
public sealed record DashboardReading(DashboardDocument? Document, IReadOnlyList<DashboardProblem> Problems);
