using System.Buffers.Text;

namespace Weir.Connectors.Machine;

/// <summary>Walks through a text of <c>/proc</c>: line by line, and through the blank-separated fields of a line. Allocates nothing.</summary>
internal ref struct FieldReader(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;

    /// <summary>What has not been read yet.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>The next line, without its end. False at the end of the text.</summary>
    public bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        if (_rest.IsEmpty)
        {
            line = default;
            return false;
        }
        var end = _rest.IndexOf((byte)'\n');
        line = end < 0 ? _rest : _rest[..end];
        _rest = end < 0 ? default : _rest[(end + 1)..];
        return true;
    }

    /// <summary>The next field, or nothing at the end.</summary>
    public ReadOnlySpan<byte> ReadField()
    {
        var begin = _rest.IndexOfAnyExcept((byte)' ', (byte)'\t');
        if (begin < 0)
        {
            _rest = default;
            return default;
        }
        _rest = _rest[begin..];
        var end = _rest.IndexOfAny((byte)' ', (byte)'\t');
        var field = end < 0 ? _rest : _rest[..end];
        _rest = _rest[field.Length..];
        return field;
    }

    /// <summary>The next field as an unsigned number. False when it is missing or is none.</summary>
    public bool TryReadNumber(out ulong value)
    {
        var field = ReadField();
        return Utf8Parser.TryParse(field, out value, out var consumed) && consumed == field.Length;
    }

    /// <summary>The next field as a decimal number. False when it is missing or is none.</summary>
    public bool TryReadNumber(out double value)
    {
        var field = ReadField();
        return Utf8Parser.TryParse(field, out value, out var consumed) && consumed == field.Length && double.IsFinite(value);
    }

    public void SkipFields(int count)
    {
        for (; count > 0; count--) ReadField();
    }
}
