using System.Text.RegularExpressions;

namespace Weir.Connectors.Text;

/// <summary>
/// A regular expression with named groups: a group that caught a number is a series, another a label, one called <c>time</c>, <c>ts</c> or
/// <c>timestamp</c> the time. It is searched for in linear time.
/// </summary>
internal sealed class RegexFormat : LineFormat
{
    private readonly Regex _regex;
    private readonly string[] _groups;
    private readonly LabelRule _labels;

    /// <exception cref="ArgumentException">Not a regular expression, one that needs backtracking, or one without named groups.</exception>
    public RegexFormat(string pattern, LabelRule labels)
    {
        _labels = labels;
        try
        {
            _regex = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw new ArgumentException(
                $"'{pattern}' is not a regular expression that can be searched for in linear time (no look-around, no back references): {e.Message}", nameof(pattern), e);
        }
        _groups = [.. _regex.GetGroupNames().Where(name => !char.IsAsciiDigit(name[0]))];
        if (_groups.Length == 0)
        {
            throw new ArgumentException(
                $"'{pattern}' has no named group, so there is nothing to draw. Name what you want to see: time=(?<ms>[\\d.]+) makes the series 'ms'.", nameof(pattern));
        }
    }

    public override string Description => $"regular expression: {string.Join(", ", _groups)}";

    public override LineResult Read(string line, LineValues into)
    {
        var match = _regex.Match(line);
        if (!match.Success) return LineResult.NotUnderstood;
        foreach (var name in _groups)
        {
            var group = match.Groups[name];
            if (group.Success) into.AddField(name, group.ValueSpan, _labels);
        }
        return into.Values.Count > 0 ? LineResult.Values : LineResult.NotUnderstood;
    }
}
