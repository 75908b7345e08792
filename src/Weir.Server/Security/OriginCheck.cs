using Microsoft.AspNetCore.Http;

namespace Weir.Server.Security;

/// <summary>Keeps other sites' pages from opening a socket to this server in a visitor's name.</summary>
internal static class OriginCheck
{
    /// <summary>True when there is no Origin (not a browser), or when it is the host that was asked.</summary>
    public static bool IsSameOrigin(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length == 0) return true;
        return Uri.TryCreate(origin, UriKind.Absolute, out var uri)
            && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }
}
