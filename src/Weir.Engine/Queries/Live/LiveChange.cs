namespace Weir.Engine.Queries.Live;

/// <summary>The steps that a change of the inputs reaches: those at or after <paramref name="From"/>, and those at or before <paramref name="Through"/>.</summary>
/// <param name="From">Unix nanoseconds; beyond every time when none.</param>
/// <param name="Through">Unix nanoseconds; before every time when none.</param>
internal readonly record struct LiveChange(Int128 From, Int128 Through)
{
    public static readonly LiveChange None = new(Int128.MaxValue, -Int128.MaxValue);

    public static readonly LiveChange All = new(-Int128.MaxValue, Int128.MaxValue);

    public LiveChange With(LiveInputs.Input input, Reach reach)
    {
        var isGone = input.GoneBefore > long.MinValue;
        if (reach.IsFixed)
        {
            var isReached = input.ChangedFrom <= reach.Through || (isGone && reach.From < input.GoneBefore && input.GoneFrom <= reach.Through);
            return isReached ? All : this;
        }
        var from = input.ChangedFrom == long.MaxValue ? From : Int128.Min(From, input.ChangedFrom - reach.Through);
        return new(from, isGone ? Int128.Max(Through, input.GoneBefore - reach.From) : Through);
    }
}
