using System.Buffers;

namespace Weir.Engine.Views;

/// <summary>Bytes of one message on its way to a viewer; grows when it must and is used again.</summary>
internal sealed class MessageBuffer : IBufferWriter<byte>
{
    /// <summary>
    /// What one message may come to, and so what a viewer that stops reading may hold: while a message is not taken, nothing else is made for
    /// that viewer.
    /// </summary>
    public const int BytesMax = 65_536;

    private byte[] _bytes = new byte[4096];

    public int Length { get; private set; }

    public int Room => BytesMax - Length;

    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, Length);

    public ReadOnlySpan<byte> Span => _bytes.AsSpan(0, Length);

    public void Clear() => Length = 0;

    /// <summary>False when something larger than most passed through: such a buffer is not kept.</summary>
    public bool IsWorthKeeping => _bytes.Length <= 2 * BytesMax;

    public void Advance(int count) => Length += count;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Length += bytes.Length;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return _bytes.AsSpan(Length);
    }

    private void Ensure(int more)
    {
        var needed = Length + Math.Max(more, 1);
        if (needed > _bytes.Length) Array.Resize(ref _bytes, Math.Max(needed, _bytes.Length * 2));
    }
}
