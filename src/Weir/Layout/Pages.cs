using System.Text;

namespace Weir.Layout;

/// <summary>Pages by name.</summary>
internal static class Pages
{
    /// <summary>The id of the page with this name, as an address shows it: <c>disk-net</c> for <c>Disk &amp; Net</c>.</summary>
    public static string IdOf(string name)
    {
        var id = new StringBuilder();
        foreach (var c in name.Trim().ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(c)) id.Append(c);
            else if (id.Length > 0 && id[^1] != '-') id.Append('-');
        }
        var trimmed = id.ToString().TrimEnd('-');
        return trimmed.Length > 0 ? trimmed : "page";
    }
}
