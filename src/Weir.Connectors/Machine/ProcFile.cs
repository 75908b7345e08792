using Microsoft.Win32.SafeHandles;

namespace Weir.Connectors.Machine;

/// <summary>
/// A file of <c>/proc</c> that is read again and again: opened once, read from its beginning each time, into a buffer that grows to what the
/// file needs. A file that is not there, or may not be read, reads as nothing; it is tried again later.
/// </summary>
internal sealed class ProcFile(string path) : IDisposable
{
    // Trying to open what is not there costs an exception; a kernel without it will not grow it soon.
    private const int RetryEvery = 60;

    private byte[] _buffer = new byte[4096];
    private SafeFileHandle? _handle;
    private int _retryIn;

    /// <summary>The whole text as it is now; valid until the next call. Empty when it cannot be read.</summary>
    public ReadOnlySpan<byte> Read()
    {
        if (_retryIn > 0)
        {
            _retryIn--;
            return default;
        }
        try
        {
            _handle ??= Open(path);
            return ReadAll(_handle, ref _buffer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Dispose();
            _retryIn = RetryEvery;
            return default;
        }
    }

    public void Dispose()
    {
        _handle?.Dispose();
        _handle = null;
    }

    public static SafeFileHandle Open(string path) => File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);

    /// <summary>The whole text from the beginning on. The kernel makes such texts as they are read, so that their length is not known before.</summary>
    public static ReadOnlySpan<byte> ReadAll(SafeFileHandle handle, ref byte[] buffer)
    {
        var length = 0;
        while (true)
        {
            var read = RandomAccess.Read(handle, buffer.AsSpan(length), length);
            if (read == 0) return buffer.AsSpan(0, length);
            length += read;
            if (length == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        }
    }
}
