using System.Text;

namespace Weir.Connectors;

/// <summary>
/// Cuts a stream of bytes into lines of UTF-8 text, in bounded memory: of a line that is longer than allowed the beginning stays and the rest
/// is skipped. Bytes that are no UTF-8 become U+FFFD.
/// </summary>
internal sealed class LineSplitter(int lengthMax)
{
    private readonly byte[] _partial = new byte[lengthMax];
    private int _length;
    private bool _isCut;

    /// <summary>Lines that were cut.</summary>
    public long Cut { get; private set; }

    /// <summary>Takes bytes and hands every line that ended to <paramref name="take"/>.</summary>
    public void Add(ReadOnlySpan<byte> bytes, Action<string> take)
    {
        while (true)
        {
            var end = bytes.IndexOf((byte)'\n');
            Keep(end < 0 ? bytes : bytes[..end]);
            if (end < 0) return;
            take(Finish());
            bytes = bytes[(end + 1)..];
        }
    }

    /// <summary>The line that has not ended, if there is one.</summary>
    public string? TakeRest() => _length == 0 && !_isCut ? null : Finish();

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        var fitting = Math.Min(bytes.Length, _partial.Length - _length);
        bytes[..fitting].CopyTo(_partial.AsSpan(_length));
        _length += fitting;
        _isCut |= fitting < bytes.Length;
    }

    private string Finish()
    {
        var line = _partial.AsSpan(0, _length);
        if (line.EndsWith("\r"u8)) line = line[..^1];
        if (_isCut) Cut++;
        var text = Encoding.UTF8.GetString(line);
        (_length, _isCut) = (0, false);
        return text;
    }
}
