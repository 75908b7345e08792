using System.Security.Claims;
using Microsoft.Extensions.Logging;
using Weir.Engine;
using Weir.Engine.Access;
using Weir.Engine.Ingest;
using Weir.Engine.Time;
using Weir.Visuals.Themes;

namespace Weir;

/// <summary>
/// How Weir runs. Code sets it in <c>Live.Configure</c> or <c>AddWeir</c>; <c>weir.json</c>, the environment (<c>WEIR__PORT</c>) and the command
/// line (<c>--weir:port 4000</c>) may override it, in this order, so that whoever runs a program has the last word.
/// </summary>
public sealed class WeirOptions
{
    /// <summary>What the header of the dashboard says.</summary>
    public string Title { get; set; } = "Weir";

    public Theme Theme { get; set; }

    /// <summary><c>localhost</c> or a loopback address: without logins Weir listens on this machine only.</summary>
    public string Host { get; set; } = "127.0.0.1";

    /// <summary>1 to 65,535; 0 for any free one; the first free one from 3000 on when null.</summary>
    public int? Port { get; set; }

    /// <summary>Whether to open the browser; when null, only from a terminal on a desktop.</summary>
    public bool? OpenBrowser { get; set; }

    /// <summary>The stretch of time that charts show at first.</summary>
    public Duration Range { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Whether the process stays when its <c>Main</c> has ended and the dashboard is being watched; when null, it does except under a test runner, in
    /// continuous integration (<c>CI</c> is set) and when its exit code says that it failed.
    /// </summary>
    public bool? StayWhileWatched { get; set; }

    /// <summary>How long a process that stays waits for its first viewer.</summary>
    public Duration FirstViewerGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// What happens to values without a time of their own when a program outruns the engine: the oldest waiting are overwritten unless this says otherwise. Values with a time wait
    /// for room, up to five seconds. In configuration: <c>dropOldest</c>, <c>dropNewest</c> or how long to wait, such as <c>5s</c>.
    /// </summary>
    public LossPolicy Loss { get; set; } = LossPolicy.DropOldest;

    /// <summary>Where the server of a dashboard logs what goes wrong; nowhere when null. In a host (<c>AddWeir</c>) it is the host's own.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>
    /// What a user of the host (<c>AddWeir</c>) may see and send, such as <c>user => user.IsInRole("web") ? AccessScope.Of(["web.*"], ["main"]) : AccessScope.Nothing</c>;
    /// null for everything. Asked once a request and once a connection.
    /// </summary>
    public Func<ClaimsPrincipal, AccessScope>? Access { get; set; }

    public WeirLimits Limits { get; } = new();

    internal EngineOptions ToEngineOptions() => new()
    {
        BytesMax = (long)Limits.MemoryMegabytes << 20,
        SeriesMax = Limits.SeriesMax,
        Lateness = Limits.Lateness,
        Silence = Limits.Silence,
        Loss = Loss,
    };
}

/// <summary>What Weir may take; past a limit it drops the oldest or refuses, and counts.</summary>
public sealed class WeirLimits
{
    /// <summary>Megabytes that points may take, 1 to 1,048,576; past it the oldest go first.</summary>
    public int MemoryMegabytes { get; set; } = 256;

    /// <summary>How many series there may be, 1 to 10,000,000; further ones share an overflow series.</summary>
    public int SeriesMax { get; set; } = 100_000;

    /// <summary>
    /// A series without a point for so long, at least an hour, may leave with all that is kept of it when fewer than a sixteenth of <see cref="SeriesMax"/> places are free; those
    /// silent for longest leave first.
    /// </summary>
    public Duration Silence { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How far a point may lie behind the newest of its series and still be sorted in.</summary>
    public Duration Lateness { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Messages that a viewer may send in a minute, 1 to 1,000,000.</summary>
    public int MessagesPerMinute { get; set; } = 100;
}
