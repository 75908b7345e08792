namespace Weir.Bench;

/// <summary>What the command line asked for.</summary>
/// <param name="IsQuick">Fewer and shorter rounds; nothing is kept.</param>
/// <param name="Json">File to write the measurements to as well.</param>
/// <param name="Only">Part of the area to run alone.</param>
internal sealed record RunOptions(bool IsQuick, string? Json, string? Only)
{
    /// <summary>Null when the arguments are not understood.</summary>
    public static RunOptions? Parse(ReadOnlySpan<string> arguments)
    {
        var options = new RunOptions(false, null, null);
        while (arguments.Length > 0)
        {
            switch (arguments)
            {
                case ["--quick", ..]:
                    options = options with { IsQuick = true };
                    arguments = arguments[1..];
                    break;
                case ["--json", var file, ..]:
                    options = options with { Json = file };
                    arguments = arguments[2..];
                    break;
                case ["--only", var part, ..]:
                    options = options with { Only = part };
                    arguments = arguments[2..];
                    break;
                default:
                    return null;
            }
        }
        return options;
    }
}
