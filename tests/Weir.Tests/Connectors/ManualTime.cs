namespace Weir.Tests.Connectors;

/// <summary>A clock, its timestamps and its timers, which move only when a test moves them: noon of 2024-11-21 UTC at first.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly List<ManualTimer> _timers = [];

    public DateTimeOffset Now { get; private set; } = new(2024, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => Now.UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(callback, state, Now + dueTime, period);
        _timers.Add(timer);
        return timer;
    }

    /// <summary>Moves on and runs the timers that are due, in order, on this thread.</summary>
    public void Advance(TimeSpan by)
    {
        var to = Now + by;
        while (_timers.Where(timer => timer.Due <= to).MinBy(timer => timer.Due) is { } timer)
        {
            Now = timer.Due > Now ? timer.Due : Now;
            timer.Fire();
        }
        Now = to;
    }

    private sealed class ManualTimer(TimerCallback callback, object? state, DateTimeOffset due, TimeSpan period) : ITimer
    {
        private TimeSpan _period = period;

        public DateTimeOffset Due { get; private set; } = due;

        public void Fire()
        {
            Due = _period > TimeSpan.Zero ? Due + _period : DateTimeOffset.MaxValue;
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            return true;
        }

        public void Dispose() => Due = DateTimeOffset.MaxValue;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
