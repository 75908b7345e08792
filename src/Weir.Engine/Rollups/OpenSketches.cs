using Weir.Engine.Sketches;

namespace Weir.Engine.Rollups;

/// <summary>The sketches of open minutes, of all series of an engine: they are handed out while there is room.</summary>
/// <param name="relativeError">Of each.</param>
/// <param name="bytesMax">What all may take together.</param>
internal sealed class OpenSketches(double relativeError, long bytesMax)
{
    public int Precision { get; } = LogLinear.PrecisionFor(relativeError);

    public long Bytes { get; private set; }

    /// <summary>One that grew past this gives way to its packed form.</summary>
    public bool IsOver => Bytes > bytesMax;

    /// <summary>A new sketch; null in the last eighth, so that those which gave way do not come back at once.</summary>
    public QuantileSketch? TryTake() => Bytes > bytesMax - bytesMax / 8 ? null : new QuantileSketch(relativeError);

    public void Count(long change) => Bytes += change;

    /// <summary>Its object, the heads of its two arrays and the counts.</summary>
    public static long BytesOf(QuantileSketch sketch) => 232 + sketch.Bytes;
}
