using System.Buffers;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace Weir.Server.Ingest;

/// <summary>The body of a request, unpacked, in a rented array.</summary>
/// <param name="bytesMax">More is refused.</param>
internal sealed class RequestBody(int bytesMax) : IDisposable
{
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(Math.Min(bytesMax, 16_384));
    private int _length;

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);

    /// <exception cref="BodyTooLargeException">There are more bytes than are allowed.</exception>
    /// <exception cref="InvalidDataException">The body is not the gzip it should be.</exception>
    public async Task ReadAsync(Stream body, bool isGzip, CancellationToken cancellation)
    {
        await using var unpacked = isGzip ? new GZipStream(body, CompressionMode.Decompress, leaveOpen: true) : null;
        var stream = unpacked ?? body;
        try
        {
            while (true)
            {
                if (_length == _bytes.Length) Grow();
                var read = await stream.ReadAsync(_bytes.AsMemory(_length), cancellation).ConfigureAwait(false);
                if (read == 0) return;
                _length += read;
                if (_length > bytesMax) throw new BodyTooLargeException();
            }
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw new BodyTooLargeException();
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_bytes);

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(_bytes.Length * 2, bytesMax + 1));
        Bytes.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}

/// <summary>A request has more bytes than are allowed.</summary>
internal sealed class BodyTooLargeException : Exception;
