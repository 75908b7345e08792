namespace Weir.Tables;

/// <summary>One value of a row that was sent.</summary>
/// <param name="Name">Column it is for.</param>
/// <param name="Value">As it was given.</param>
/// <param name="Type">Its declared type, which says what it is even where the value is null.</param>
internal readonly record struct RowField(string Name, object? Value, Type Type);
