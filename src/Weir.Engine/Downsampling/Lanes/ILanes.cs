namespace Weir.Engine.Downsampling.Lanes;

/// <summary>
/// Some doubles side by side. A loop is written once over this and compiled for each width, so all variants are one text; the one of width
/// <see cref="LaneWidth.One"/> is the plain twin of the others.
/// </summary>
internal interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    static abstract int Count { get; }

    static abstract TSelf All(double value);

    /// <summary>The <see cref="Count"/> values from <paramref name="at"/> on, unchecked.</summary>
    static abstract TSelf Load(ref double values, nuint at);

    /// <summary>Lane by lane the smaller; the other where this one's is NaN.</summary>
    TSelf Smaller(TSelf other);

    /// <summary>Lane by lane the larger; the other where this one's is NaN.</summary>
    TSelf Larger(TSelf other);

    TSelf Plus(TSelf other);

    /// <summary>Zero where a lane is NaN or infinite.</summary>
    TSelf FiniteOrZero();

    /// <summary>One where a lane is finite, else zero.</summary>
    TSelf OneWhereFinite();

    /// <summary>Which lane is the first to equal that of the other; 64 or more when none does.</summary>
    int FirstEqual(TSelf other);

    double this[int lane] { get; }
}
