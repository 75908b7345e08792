using Weir.Engine.Chunks.Codecs;

namespace Weir.Tests.Engine.Chunks;

/// <summary>The widths of vectors that this machine can be told to use.</summary>
internal static class Widths
{
    public static readonly VectorWidth[] All = Enum.GetValues<VectorWidth>().Where(width => width <= VectorWidths.Widest).ToArray();

    public static readonly VectorWidth[] Vectors = All.Where(width => width != VectorWidth.Scalar).ToArray();
}
