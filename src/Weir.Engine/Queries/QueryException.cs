namespace Weir.Engine.Queries;

/// <summary>A query that cannot be read or answered. The message begins with line and column: <c>1:17: …</c>.</summary>
public sealed class QueryException : ArgumentException
{
    public QueryException()
    {
    }

    public QueryException(string message)
        : base(message)
    {
    }

    public QueryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal QueryException(string query, int position, string message, Exception? inner = null)
        : base($"{Place(query, position)}: {message}", inner) => Position = position;

    /// <summary>Character of the query, from 0.</summary>
    public int Position { get; }

    /// <summary>Whether the query could be read and then could not be computed: a limit, or series that do not match.</summary>
    public bool IsExecution { get; internal init; }

    internal static string Place(string query, int position)
    {
        var before = query.AsSpan(0, Math.Min(position, query.Length));
        return $"{before.Count('\n') + 1}:{before.Length - before.LastIndexOf('\n')}";
    }
}
