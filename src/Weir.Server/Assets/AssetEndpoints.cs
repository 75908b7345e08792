using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Weir.Server.Security;

namespace Weir.Server.Assets;

/// <summary>The browser dashboard, built ahead and embedded in this assembly. Each file is packed once, when it is first asked for.</summary>
internal sealed class AssetEndpoints(string prefix)
{
    private const string ResourcePrefix = "web/";

    private static readonly Dictionary<string, string> ContentTypes = new()
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".png"] = "image/png",
        [".ico"] = "image/x-icon",
        [".woff2"] = "font/woff2",
        [".json"] = "application/json",
        [".webmanifest"] = "application/manifest+json",
    };

    // The page asks for its own head to learn whether the server is there; the server leaves the body out by itself.
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    private static readonly Assembly Assembly = typeof(AssetEndpoints).Assembly;

    public void Map(IEndpointRouteBuilder endpoints)
    {
        foreach (var resource in Assembly.GetManifestResourceNames())
        {
            if (!resource.StartsWith(ResourcePrefix, StringComparison.Ordinal)) continue;
            var path = resource[ResourcePrefix.Length..].Replace('\\', '/');
            var asset = new Lazy<Asset>(() => Load(resource));
            endpoints.MapMethods("/" + path, Methods, context => Serve(context, asset.Value));
            if (path != "index.html") continue;
            var inner = new Lazy<Asset>(() => Load(resource, html => html.Replace("<head>", "<head>\n    <base href=\"../\" />", StringComparison.Ordinal)));
            endpoints.MapMethods("/d/{dashboard}", Methods, context => Serve(context, inner.Value));
            endpoints.MapMethods("/", Methods, context => IsAtDirectory(context) ? Serve(context, asset.Value) : RedirectToDirectory(context));
        }
    }

    /// <summary>The page's addresses are relative, so it must be asked for with a slash at the end.</summary>
    private bool IsAtDirectory(HttpContext context) => prefix.Length == 0 || context.Request.Path.Value!.EndsWith('/');

    private static Task RedirectToDirectory(HttpContext context)
    {
        context.Response.Redirect(context.Request.PathBase + context.Request.Path + "/" + context.Request.QueryString);
        return Task.CompletedTask;
    }

    private static Task Serve(HttpContext context, Asset asset)
    {
        var response = context.Response;
        SecurityHeaders.Apply(response);
        // Weak, since packed and plain share it.
        response.Headers.ETag = "W/" + asset.Tag;
        response.Headers.Vary = "Accept-Encoding";
        // Hashed names never change their content; the page that names them is asked for anew.
        response.Headers.CacheControl = asset.IsHashed ? "public, max-age=31536000, immutable" : "no-cache";
        if (context.Request.Headers.IfNoneMatch.ToString().Contains(asset.Tag, StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        response.ContentType = asset.ContentType;
        var isPacked = context.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);
        if (isPacked) response.Headers.ContentEncoding = "gzip";
        var bytes = isPacked ? asset.Packed : asset.Plain;
        response.ContentLength = bytes.Length;
        return response.Body.WriteAsync(bytes).AsTask();
    }

    /// <param name="resource">Name of the file in this assembly.</param>
    /// <param name="edit">Changes a text before it is packed: a page one level further down says where its relative addresses begin.</param>
    private static Asset Load(string resource, Func<string, string>? edit = null)
    {
        using var stream = Assembly.GetManifestResourceStream(resource)!;
        using var read = new MemoryStream();
        stream.CopyTo(read);
        var plain = edit is null ? read.ToArray() : Encoding.UTF8.GetBytes(edit(Encoding.UTF8.GetString(read.ToArray())));
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) gzip.Write(plain);
        var type = ContentTypes.GetValueOrDefault(Path.GetExtension(resource), "application/octet-stream");
        var tag = $"\"{Convert.ToHexStringLower(SHA256.HashData(plain)[..8])}\"";
        return new Asset(plain, packed.ToArray(), type, tag, resource.Contains("assets/", StringComparison.Ordinal));
    }

    private sealed record Asset(byte[] Plain, byte[] Packed, string ContentType, string Tag, bool IsHashed);
}
