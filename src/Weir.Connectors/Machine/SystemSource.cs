using Weir.Engine;
using Weir.Engine.Time;

namespace Weir.Connectors.Machine;

/// <summary>
/// This machine as series and a table, from <c>/proc</c> of Linux; nothing else is needed. What a kernel does not offer has no series. On
/// other systems there is nothing to read and <see cref="IsSupported"/> is false.
/// </summary>
/// <remarks>
/// <para>Percent of all processor time, by vmstat's definitions: <c>system.cpu</c> (all but idle and waiting for I/O), <c>system.cpu.user</c>,
/// <c>.system</c>, <c>.iowait</c>, <c>.steal</c>, <c>.idle</c>; of one processor: <c>system.cpu.core{core="0"}</c>.</para>
/// <para>Bytes, by the definitions of free(1): <c>system.memory.total</c>, <c>.used</c>, <c>.available</c>, <c>.free</c>, <c>.cached</c>,
/// <c>.buffers</c>, <c>.swap_used</c>.</para>
/// <para>Bytes per second: <c>system.disk.read</c> and <c>.write{device="sda"}</c>, <c>system.network.receive</c> and
/// <c>.transmit{interface="eth0"}</c>.</para>
/// <para><c>system.load{window="1m"}</c> (also 5m and 15m); <c>system.pressure{resource="cpu"}</c> (also memory and io), percent of the last ten
/// seconds in which a task stalled.</para>
/// <para>Counts: <c>system.processes.running</c>, <c>.blocked</c>, <c>.total</c>, <c>system.threads</c>. Per second:
/// <c>system.processes.created</c>, <c>system.context_switches</c>, <c>system.interrupts</c>. Seconds: <c>system.uptime</c>.</para>
/// <para>The table <c>system.processes</c>, keyed by <c>pid</c>: see <see cref="ProcessTable"/>.</para>
/// <para>Rates need two samples. When a counter falls or a device goes there is a gap, never a spike.</para>
/// </remarks>
public sealed class SystemSource : IDisposable, IAsyncDisposable
{
    private readonly SystemSourceOptions _options;
    private readonly TimeProvider _time;
    private readonly SampleWriter _writer;
    private readonly KernelSampler _kernel;
    private readonly ProcessTable? _processes;
    private readonly Lock _sampling = new();
    private Poller? _poller;

    /// <param name="engine">Where the samples go.</param>
    /// <param name="options">The defaults when null.</param>
    /// <param name="time">The engine's clock when null.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option lies outside its range.</exception>
    public SystemSource(TimeSeriesEngine engine, SystemSourceOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        _options = options ?? new SystemSourceOptions();
        _options.Validate();
        _time = time ?? engine.Time;
        _writer = new SampleWriter(engine);
        _kernel = new KernelSampler(_options, _writer, _time);
        if (_options.Processes) _processes = new ProcessTable(engine, _options, _time);
    }

    /// <summary>Whether this machine has the files that are read.</summary>
    public bool IsSupported => File.Exists(Path.Combine(_options.ProcPath, "stat"));

    /// <summary>What went wrong in the last sample, or null.</summary>
    public Exception? Failure => _poller?.Failure;

    /// <summary>Samples now and from now on at the interval. Does nothing when it does so already.</summary>
    public void Start()
    {
        lock (_sampling) _poller ??= new Poller(_time, _options.Interval.ToTimeSpan(), Sample);
    }

    /// <summary>Takes one sample now.</summary>
    public void Sample()
    {
        lock (_sampling)
        {
            _writer.Time = UnixTime.Now(_time);
            var processCount = _processes?.Sample();
            _kernel.Sample(processCount);
        }
    }

    /// <summary>Stops sampling. What was sent stays.</summary>
    public void Dispose()
    {
        _poller?.Dispose();
        lock (_sampling) _kernel.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
