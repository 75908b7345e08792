namespace Weir.Engine.Sketches;

/// <summary>Buckets from a first to a last, both included.</summary>
internal readonly record struct BucketRange(int First, int Last)
{
    public static readonly BucketRange None = new(0, -1);

    public bool IsEmpty => Last < First;

    public int Count => Last - First + 1;

    public BucketRange With(BucketRange other) =>
        IsEmpty ? other : other.IsEmpty ? this : new(Math.Min(First, other.First), Math.Max(Last, other.Last));

    /// <summary>The same stretch with so many bits of precision less.</summary>
    public BucketRange Fold(int bits) => IsEmpty ? None : new(First >> bits, Last >> bits);
}
