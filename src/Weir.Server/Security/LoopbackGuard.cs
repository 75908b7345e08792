using System.Net;
using Microsoft.AspNetCore.Http;

namespace Weir.Server.Security;

/// <summary>
/// A server that listens on loopback answers only requests that name a loopback host. Otherwise a web page could point a name of its own at
/// 127.0.0.1 and read a visitor's dashboard (DNS rebinding).
/// </summary>
internal static class LoopbackGuard
{
    public static bool IsLoopbackHost(HostString host) =>
        string.Equals(host.Host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    public static Func<HttpContext, RequestDelegate, Task> Middleware => async (context, next) =>
    {
        if (!IsLoopbackHost(context.Request.Host))
        {
            context.Response.StatusCode = StatusCodes.Status421MisdirectedRequest;
            await context.Response.WriteAsync($"This server answers for localhost only, not for '{context.Request.Host.Host}'.").ConfigureAwait(false);
            return;
        }
        await next(context).ConfigureAwait(false);
    };
}
