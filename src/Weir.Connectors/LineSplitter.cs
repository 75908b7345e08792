using System.Text;

namespace Weir.Connectors;

/// <summary>
/// Cuts a stream of bytes into lines of plain text, in bounded memory: of a line that is longer than allowed the beginning stays and the rest
/// is skipped and counted. A line ends at CR, LF or CRLF. The text is UTF-8, or UTF-16 when a byte order mark or zero bytes at the beginning say so; the
/// mark and the escape sequences of terminals are left out. Bytes that are no text become U+FFFD.
/// </summary>
internal sealed class LineSplitter(int lengthMax)
{
    private readonly byte[] _partial = new byte[lengthMax];
    private readonly byte[] _first = new byte[3];
    private int _firstLength;
    private bool _isBegun;
    private Decoder? _wide;
    private int _length;
    private bool _isCut;
    private bool _afterReturn;

    /// <summary>Lines that were cut.</summary>
    public long Cut { get; private set; }

    /// <summary>Takes bytes and hands every line that ended to <paramref name="take"/>.</summary>
    public void Add(ReadOnlySpan<byte> bytes, Action<string> take)
    {
        while (!_isBegun && !bytes.IsEmpty)
        {
            _first[_firstLength++] = bytes[0];
            bytes = bytes[1..];
            Begin(isEnd: false, take);
        }
        Decode(bytes, take);
    }

    /// <summary>The line that has not ended, if there is one.</summary>
    public string? TakeRest()
    {
        string? line = null;
        if (!_isBegun) Begin(isEnd: true, ended => line = ended);
        return line ?? (_length == 0 && !_isCut ? null : Finish());
    }

    /// <summary>Looks at the first two or three bytes, which tell the encoding.</summary>
    private void Begin(bool isEnd, Action<string> take)
    {
        var first = _first.AsSpan(0, _firstLength);
        // A byte order mark of UTF-8 has three bytes; all else is told by two. A line end in the first two must not wait for more.
        var needed = first.Length == 2 && first[0] == 0xEF && first[1] == 0xBB ? 3 : 2;
        if (!isEnd && first.Length < needed && first is not [(byte)'\n' or (byte)'\r']) return;
        _isBegun = true;
        Encoding? wide = first switch
        {
            [0xFF, 0xFE] => Encoding.Unicode,
            [0xFE, 0xFF] => Encoding.BigEndianUnicode,
            [not 0, 0] => Encoding.Unicode,
            [0, not 0] => Encoding.BigEndianUnicode,
            _ => null,
        };
        _wide = wide?.GetDecoder();
        if (first is [0xFF, 0xFE] or [0xFE, 0xFF] or [0xEF, 0xBB, 0xBF]) return;
        Decode(first, take);
    }

    private void Decode(ReadOnlySpan<byte> bytes, Action<string> take)
    {
        if (_wide is null)
        {
            Split(bytes, take);
            return;
        }
        Span<char> chars = stackalloc char[1025];
        Span<byte> narrow = stackalloc byte[1025 * 3];
        for (; !bytes.IsEmpty; bytes = bytes[Math.Min(2048, bytes.Length)..])
        {
            var count = _wide.GetChars(bytes[..Math.Min(2048, bytes.Length)], chars, flush: false);
            Split(narrow[..Encoding.UTF8.GetBytes(chars[..count], narrow)], take);
        }
    }

    private void Split(ReadOnlySpan<byte> bytes, Action<string> take)
    {
        while (!bytes.IsEmpty)
        {
            if (_afterReturn && bytes[0] == '\n') bytes = bytes[1..];
            _afterReturn = false;
            var end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
            Keep(end < 0 ? bytes : bytes[..end]);
            if (end < 0) return;
            _afterReturn = bytes[end] == '\r';
            take(Finish());
            bytes = bytes[(end + 1)..];
        }
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        var fitting = Math.Min(bytes.Length, _partial.Length - _length);
        bytes[..fitting].CopyTo(_partial.AsSpan(_length));
        _length += fitting;
        _isCut |= fitting < bytes.Length;
    }

    private string Finish()
    {
        if (_isCut) Cut++;
        var text = Encoding.UTF8.GetString(_partial, 0, _length);
        (_length, _isCut) = (0, false);
        return TerminalText.Strip(text);
    }
}
