using Weir.Engine.Time;

namespace Weir.Tests.Engine.Time;

public sealed class UnixTimeTests
{
    [Fact]
    public void ToDateTime_of_zero_is_the_epoch() => Assert.Equal(DateTimeOffset.UnixEpoch, UnixTime.ToDateTime(0));
}
