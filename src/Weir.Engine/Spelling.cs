namespace Weir.Engine;

/// <summary>Finds the name that someone probably meant.</summary>
public static class Spelling
{
    /// <summary><c>"; did you mean 'x'?"</c>, or nothing when no known name is near (two edits, or a common beginning).</summary>
    public static string Suggest(string given, IEnumerable<string> known)
    {
        var (nearest, distance) = (default(string), int.MaxValue);
        foreach (var name in known)
        {
            var d = name.StartsWith(given, StringComparison.OrdinalIgnoreCase) && given.Length > 1 ? 1 : Distance(given.ToLowerInvariant(), name.ToLowerInvariant());
            if (d < distance) (nearest, distance) = (name, d);
        }
        return nearest is not null && distance <= Math.Max(1, Math.Min(2, given.Length / 2)) ? $"; did you mean '{nearest}'?" : "";
    }

    private static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, 1 + Math.Min(row[j - 1], row[j]));
            }
        }
        return row[b.Length];
    }
}
