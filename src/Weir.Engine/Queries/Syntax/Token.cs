namespace Weir.Engine.Queries.Syntax;

internal enum TokenKind
{
    End,
    Name,
    Number,
    Duration,
    Text,
    Sign,
}

/// <summary>A piece of a query and where it begins.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Position">Its first character, from 0.</param>
/// <param name="Text">As written; of a string what it stands for.</param>
/// <param name="Number">Value of a number; nanoseconds of a duration.</param>
internal readonly record struct Token(TokenKind Kind, int Position, string Text, double Number = 0)
{
    public override string ToString() => Kind switch
    {
        TokenKind.End => "the end",
        TokenKind.Text => $"\"{Text}\"",
        _ => $"'{Text}'",
    };
}
