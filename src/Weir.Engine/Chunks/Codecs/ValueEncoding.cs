namespace Weir.Engine.Chunks.Codecs;

/// <summary>How a chunk's values became integers. Drawn in docs/storage.md.</summary>
internal enum ValueEncoding : byte
{
    /// <summary>Decimals times a power of ten; the values that are none stand beside them.</summary>
    Decimal = 0,

    /// <summary>The bits of the doubles in the order of the values: for doubles that stay near each other.</summary>
    Ordered = 1,

    /// <summary>Exponents and signs in one column, fractions in another: for doubles on both sides of zero.</summary>
    Split = 2,
}
