using System.Buffers;

namespace Weir.Visuals.Text;

/// <summary>Which addresses a text may lead to or show.</summary>
public static class LinkTarget
{
    private static readonly string[] Schemes = ["http", "https", "mailto"];
    private static readonly string[] Images = ["data:image/png;base64,", "data:image/jpeg;base64,", "data:image/gif;base64,", "data:image/webp;base64,"];
    private static readonly SearchValues<char> EndsOfScheme = SearchValues.Create(":/?#");

    /// <summary>Whether it is http, https, mailto, relative or a place on the page. Anything else, such as <c>javascript:</c>, could run in the page.</summary>
    public static bool IsSafe(string target)
    {
        // Browsers drop control characters and blanks around an address before they look for its scheme.
        if (target.AsSpan().ContainsAnyInRange('\0', '\u001f') || target.Contains('\u007f') || target != target.Trim(' ')) return false;
        var end = target.AsSpan().IndexOfAny(EndsOfScheme);
        return end < 0 || target[end] != ':' || Schemes.Contains(target[..end], StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Whether it holds the image itself: viewers load nothing from elsewhere.</summary>
    public static bool IsImage(string source) =>
        Images.FirstOrDefault(image => source.StartsWith(image, StringComparison.OrdinalIgnoreCase)) is { } image
        && source.AsSpan(image.Length).IndexOfAnyExcept(Base64) < 0;

    private static readonly SearchValues<char> Base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");
}
