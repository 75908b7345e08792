using Weir.Tests.Data;

namespace Weir.Tests.Simulation;

/// <summary>An hour of a busy engine and its viewers, with what goes wrong in one, in seconds and again whenever its seed is given.</summary>
public sealed class SimulatedHourTests
{
    [Fact]
    public void Everything_read_after_an_hour_of_faults_is_what_plain_reading_gives() => Property.Holds(1, random =>
    {
        using var hour = new SimulatedHour(random);
        for (var minute = 0; minute < 60; minute++)
        {
            for (var second = 0; second < 60; second++) hour.Second();
            hour.AssertBounds();
            if (minute % 5 == 4) hour.AssertPictures();
        }
        hour.AssertPoints();
        hour.AssertWindows();
        hour.AssertMinutes();
        hour.AssertQueries();
    });
}
