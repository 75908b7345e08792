using System.Runtime.CompilerServices;
using Weir.Engine.Time;

namespace Weir.Sending;

/// <summary>Times that callers give.</summary>
internal static class SendTime
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Of(DateTimeOffset time) => time.Year is >= 1678 and <= 2261 ? UnixTime.FromDateTime(time) : throw OutOfRange(time);

    private static ArgumentOutOfRangeException OutOfRange(DateTimeOffset time) =>
        new(nameof(time), time, "A point's time lies between the years 1678 and 2261. Was a default(DateTimeOffset) sent?");
}
