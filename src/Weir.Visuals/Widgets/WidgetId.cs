using Weir.Engine.Series;

namespace Weir.Visuals.Widgets;

/// <summary>What a widget may be called. Its series bears the same name, so that a selector must be able to name it.</summary>
public static class WidgetId
{
    /// <summary>Returns <paramref name="id"/> when it may name a widget.</summary>
    /// <exception cref="ArgumentException">It may not; the message says why and what is allowed.</exception>
    public static string Require(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (string.IsNullOrWhiteSpace(id) || id.Length > SeriesKey.NameLengthMax || id.Trim().Length != id.Length)
        {
            throw new ArgumentException($"A widget id has 1 to {SeriesKey.NameLengthMax} characters and no space at either end; given was '{id}'. Examples: cpu, orders.latency.", nameof(id));
        }
        foreach (var c in id)
        {
            if (char.IsControl(c) || c is '"' or '{' or '}' or '*' or '?' or '=' or ',')
            {
                var shown = char.IsControl(c) ? $"the control character U+{(int)c:X4}" : $"'{c}'";
                throw new ArgumentException(
                    $"The widget id '{id}' contains {shown}; control characters and \" {{ }} * ? = , are not allowed. Use the title for text of any kind.", nameof(id));
            }
        }
        return id;
    }
}
