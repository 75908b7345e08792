namespace Weir.Server.Gateway;

/// <summary>How many messages a viewer may send: a bucket that holds a minute's worth and refills steadily.</summary>
internal sealed class MessageBudget(int perMinute, TimeProvider time)
{
    private double _left = perMinute;
    private long _last = time.GetTimestamp();

    /// <summary>Takes one, or says in how many milliseconds there will be one.</summary>
    public bool TryTake(out double retryAfter)
    {
        var now = time.GetTimestamp();
        _left = Math.Min(perMinute, _left + time.GetElapsedTime(_last, now).TotalMinutes * perMinute);
        _last = now;
        retryAfter = 0;
        if (_left >= 1)
        {
            _left--;
            return true;
        }
        retryAfter = Math.Ceiling((1 - _left) / perMinute * 60_000);
        return false;
    }
}
