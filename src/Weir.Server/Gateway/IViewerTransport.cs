namespace Weir.Server.Gateway;

/// <summary>How messages travel to one viewer. The gateway calls it from one thread and never while a send is under way.</summary>
internal interface IViewerTransport
{
    /// <summary>True when series travel as wire blocks, false when they travel as JSON.</summary>
    bool IsBinary { get; }

    /// <summary>Sends one whole message; completes when the next may be sent. The memory must stay as it is until then.</summary>
    ValueTask SendAsync(ReadOnlyMemory<byte> message, bool isText, CancellationToken cancellation);

    /// <summary>Ends the connection in good order.</summary>
    Task CloseAsync(DisconnectCode code, CancellationToken cancellation);

    /// <summary>Ends the connection at once.</summary>
    void Abort();
}
