using Microsoft.Win32.SafeHandles;

namespace Weir.Connectors.Logs;

/// <summary>A file held open while its path may come to mean another one.</summary>
internal sealed class FollowedFile : IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _handle;
    private readonly string? _nameAtOpen;

    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public FollowedFile(string path)
    {
        _path = path;
        _handle = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        _nameAtOpen = NameOfHandle();
    }

    /// <summary>Where to read on, in bytes.</summary>
    public long Position { get; set; }

    public long Length => RandomAccess.GetLength(_handle);

    public int Read(Span<byte> into, long position) => RandomAccess.Read(_handle, into, position);

    /// <summary>Whether the path no longer leads to this file: it was renamed or deleted, or a link leads elsewhere.</summary>
    public bool IsReplaced()
    {
        // The kernel tells the present name of an open file, with " (deleted)" after it when it has none. Elsewhere the creation times must do.
        if (_nameAtOpen != NameOfHandle()) return true;
        return File.Exists(_path) && File.GetCreationTimeUtc(_handle) != File.GetCreationTimeUtc(Target());
    }

    public void Dispose() => _handle.Dispose();

    private string Target() => File.ResolveLinkTarget(_path, returnFinalTarget: true)?.FullName ?? _path;

    private string? NameOfHandle() => OperatingSystem.IsLinux()
        ? File.ResolveLinkTarget($"/proc/self/fd/{_handle.DangerousGetHandle()}", returnFinalTarget: false)?.FullName
        : null;
}
