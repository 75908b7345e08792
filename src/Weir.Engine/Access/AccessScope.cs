using System.IO.Enumeration;

namespace Weir.Engine.Access;

/// <summary>
/// What somebody may see and send, as patterns of names: <c>web.*</c>, <c>*</c> for any run of characters, <c>?</c> for one, a backslash before either for itself. What a scope may not read does
/// not exist for it: no answer, message or error tells its name or a value of it. Scopes of the same patterns are equal.
/// </summary>
public sealed class AccessScope : IEquatable<AccessScope>
{
    /// <summary>Patterns of one list, and characters of one pattern.</summary>
    public const int PatternsMax = 100, PatternLengthMax = 256;

    private readonly Names _data, _dashboards, _sent;

    private AccessScope(Names data, Names dashboards, Names sent) => (_data, _dashboards, _sent) = (data, dashboards, sent);

    /// <summary>Sees and sends everything: what holds where no other scope is set.</summary>
    public static AccessScope Everything { get; } = Of(["*"], ["*"], ["*"]);

    public static AccessScope Nothing { get; } = Of([]);

    /// <summary>Whether series and tables of any name may be read.</summary>
    internal bool ReadsAllData => _data.IsAll;

    /// <summary>Whether points of any name may be sent.</summary>
    internal bool SendsAll => _sent.IsAll;

    /// <param name="data">Names of the series and tables that may be read.</param>
    /// <param name="dashboards">Ids of the dashboards that may be opened, with all that stands in their documents; null for none.</param>
    /// <param name="send">Names of the series whose points may be sent; null for none.</param>
    /// <exception cref="ArgumentException">Too many patterns, or one that is empty or too long.</exception>
    public static AccessScope Of(IEnumerable<string> data, IEnumerable<string>? dashboards = null, IEnumerable<string>? send = null) =>
        new(new Names(data), new Names(dashboards ?? []), new Names(send ?? []));

    /// <summary>Whether the series or table of this name may be read.</summary>
    public bool CanRead(string name) => _data.Has(name);

    /// <summary>Whether the dashboard of this id may be opened.</summary>
    public bool CanOpen(string dashboard) => _dashboards.Has(dashboard);

    /// <summary>Whether points of the series of this name may be sent.</summary>
    public bool CanSend(string name) => _sent.Has(name);

    public bool Equals(AccessScope? other) =>
        ReferenceEquals(this, other) || (other is not null && _data.Text == other._data.Text && _dashboards.Text == other._dashboards.Text && _sent.Text == other._sent.Text);

    public override bool Equals(object? obj) => Equals(obj as AccessScope);

    public override int GetHashCode() => HashCode.Combine(_data.Text, _dashboards.Text, _sent.Text);

    public override string ToString() => $"reads {_data}; opens {_dashboards}; sends {_sent}";

    /// <summary>The names that any of some patterns matches.</summary>
    private sealed class Names
    {
        private readonly string[] _patterns;

        public Names(IEnumerable<string> patterns)
        {
            ArgumentNullException.ThrowIfNull(patterns);
            var given = patterns.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
            if (given.Length > PatternsMax) throw new ArgumentException($"{given.Length} patterns were given; a scope has at most {PatternsMax} of a kind.", nameof(patterns));
            foreach (var pattern in given)
            {
                if (pattern.Length is 0 or > PatternLengthMax)
                {
                    throw new ArgumentException($"A pattern of {pattern.Length} characters was given; it has 1 to {PatternLengthMax}.", nameof(patterns));
                }
            }
            IsAll = given.Contains("*");
            Text = string.Join('\0', given);
            _patterns = given;
        }

        public bool IsAll { get; }

        public string Text { get; }

        public bool Has(string name)
        {
            ArgumentNullException.ThrowIfNull(name);
            return IsAll || Array.Exists(_patterns, pattern => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false));
        }

        public override string ToString() => Text.Length == 0 ? "nothing" : Text.Replace("\0", ", ", StringComparison.Ordinal);
    }
}
