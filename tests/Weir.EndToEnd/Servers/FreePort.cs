using System.Net;
using System.Net.Sockets;

namespace Weir.EndToEnd.Servers;

/// <summary>Ports for servers that must come back where they were.</summary>
internal static class FreePort
{
    // Below those that systems hand out by themselves and far from those that programs like; each test takes its own.
    private static int s_next = 21_000 + Environment.ProcessId % 4000;

    public static int Take()
    {
        while (true)
        {
            var port = Interlocked.Increment(ref s_next);
            if (IsFree(port)) return port;
        }
    }

    public static bool IsFree(int port)
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
