using System.Globalization;

namespace Weir.Connectors.Machine;

/// <summary>Names of users by id, from <c>/etc/passwd</c> (passwd(5)). An id that is not there is its own name.</summary>
internal sealed class UserNames(string path)
{
    private Dictionary<int, string>? _names;
    private DateTime _written;

    public string Find(int id)
    {
        if (_names is not null && _names.TryGetValue(id, out var known)) return known;
        Refresh();
        if (_names!.TryGetValue(id, out known)) return known;
        // Kept, so that a stranger is looked up once and not at every sample.
        return _names[id] = unchecked((uint)id).ToString(CultureInfo.InvariantCulture);
    }

    private void Refresh()
    {
        try
        {
            var written = File.GetLastWriteTimeUtc(path);
            if (_names is not null && written == _written) return;
            _names = Parse(File.ReadLines(path));
            _written = written;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _names ??= [];
        }
    }

    internal static Dictionary<int, string> Parse(IEnumerable<string> lines)
    {
        var names = new Dictionary<int, string>();
        foreach (var line in lines)
        {
            var fields = line.Split(':');
            if (fields.Length < 3 || fields[0].Length == 0) continue;
            // The first entry of an id names it, as getpwuid(3) has it.
            if (uint.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var id)) names.TryAdd(unchecked((int)id), fields[0]);
        }
        return names;
    }
}
