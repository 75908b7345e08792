using System.Net;
using System.Security.Claims;
using Weir.Engine.Access;

namespace Weir.Server.Hosting;

/// <summary>Where the server listens and what it allows.</summary>
public sealed record ServerOptions
{
    public const int PortFirst = 3000;

    /// <summary>A loopback address or <c>localhost</c>. Listening wider needs logins and comes with them.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The port to listen on, 0 for any free one; null for the first free from 3000.</summary>
    public int? Port { get; init; }

    /// <summary>Messages a viewer may send a minute. 1 to 1,000,000.</summary>
    public int MessagesPerMinute { get; init; } = 100;

    /// <summary>Viewers at once. 1 to 1,000,000.</summary>
    public int ConnectionsMax { get; init; } = 10_000;

    /// <summary>Bytes of one ingest request, unpacked. At least 1,024.</summary>
    public int IngestBytesMax { get; init; } = 16 << 20;

    /// <summary>Threads that make and send messages; viewers are spread over them. 1 to 64. More than one is worth it from about a thousand busy viewers.</summary>
    public int SendingLoops { get; init; } = 1;

    /// <summary>
    /// What a user of the application may see and send; null for everything. It is asked once a request and once a connection, so it should be quick.
    /// A scope of null sees nothing.
    /// </summary>
    public Func<ClaimsPrincipal, AccessScope>? Access { get; init; }

    internal IPAddress Address
    {
        get
        {
            if (string.Equals(Host, "localhost", StringComparison.OrdinalIgnoreCase)) return IPAddress.Loopback;
            return IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address)
                ? address
                : throw new ArgumentException($"Host '{Host}' is not a loopback address. Allowed are localhost, 127.0.0.1 and ::1: without a login Weir listens on this machine only.", nameof(Host));
        }
    }

    internal void Validate()
    {
        _ = Address;
        Require(Port is null or >= 0 and <= 65_535, nameof(Port), Port, "0 to 65535");
        Require(MessagesPerMinute is >= 1 and <= 1_000_000, nameof(MessagesPerMinute), MessagesPerMinute, "1 to 1,000,000");
        Require(ConnectionsMax is >= 1 and <= 1_000_000, nameof(ConnectionsMax), ConnectionsMax, "1 to 1,000,000");
        Require(SendingLoops is >= 1 and <= 64, nameof(SendingLoops), SendingLoops, "1 to 64");
        Require(IngestBytesMax >= 1024, nameof(IngestBytesMax), IngestBytesMax, "at least 1,024");
    }

    private static void Require(bool holds, string name, object? value, string allowed)
    {
        if (!holds) throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; allowed is {allowed}.");
    }
}
