namespace Weir.Server.Gateway;

/// <summary>Why the server ends a connection, as the WebSocket close code says it, and whether the viewer should come back.</summary>
internal sealed record DisconnectCode(int Code, string Reason, bool Reconnect)
{
    public static readonly DisconnectCode GoingAway = new(1001, "going away", true);
    public static readonly DisconnectCode BadMessage = new(4000, "bad message", false);
    public static readonly DisconnectCode UnsupportedProtocol = new(4001, "unsupported protocol", false);
    public static readonly DisconnectCode TooManyConnections = new(4003, "too many connections", true);
    public static readonly DisconnectCode RateLimited = new(4004, "rate limited", true);
}
