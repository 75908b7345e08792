using Weir.Engine.Tables;

namespace Weir.Connectors.Logs;

/// <summary>
/// Follows a text file into a log, as <c>tail -F</c> does: through rotation (renamed, deleted, linked elsewhere) and truncation, and through
/// times when it is not there. A line begins to count when it has ended. Levels are found by <see cref="LogLevels"/>, times at the beginning of
/// a line are the times of its row.
/// </summary>
public sealed class FileTail : IDisposable
{
    /// <summary>A file that grows by more between two looks is not read whole: what lies before the last so many bytes is skipped, and the log says so.</summary>
    public const int BacklogBytesMax = 4 << 20;

    private readonly LogTable _log;
    private readonly FileTailOptions _options;
    private readonly TimeProvider _time;
    private readonly string _source;
    private readonly byte[] _buffer = new byte[65_536];
    private readonly Lock _polling = new();
    private LineSplitter _lines;
    private FollowedFile? _file;
    private Poller? _poller;
    private bool _isBegun;
    private string? _problem;

    /// <param name="path">The file; it need not be there yet.</param>
    /// <param name="log">Where the lines go.</param>
    /// <param name="options">The defaults when null.</param>
    /// <param name="time">The system's clock when null.</param>
    /// <exception cref="ArgumentException">An empty path, or an option outside its range.</exception>
    public FileTail(string path, LogTable log, FileTailOptions? options = null, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(log);
        _options = options ?? new FileTailOptions();
        _options.Validate();
        (FilePath, _log, _time) = (Path.GetFullPath(path), log, time ?? TimeProvider.System);
        _source = _options.Source ?? Path.GetFileName(FilePath);
        _lines = new LineSplitter(_options.LineLengthMax);
    }

    /// <summary>The file that is followed.</summary>
    public string FilePath { get; }

    /// <summary>Lines sent so far.</summary>
    public long LineCount { get; private set; }

    /// <summary>Bytes skipped because the file grew faster than it was worth reading.</summary>
    public long SkippedBytes { get; private set; }

    /// <summary>Why the file cannot be read now, or null.</summary>
    public string? Problem => _problem ?? _poller?.Failure?.Message;

    /// <summary>Looks now and from now on at the interval. Does nothing when it does so already.</summary>
    public void Start()
    {
        lock (_polling) _poller ??= new Poller(_time, _options.Interval.ToTimeSpan(), Poll);
    }

    /// <summary>Takes in what was written since the last look.</summary>
    public void Poll()
    {
        lock (_polling)
        {
            try
            {
                Follow();
                _problem = null;
            }
            catch (FileNotFoundException)
            {
                Report($"There is no file {FilePath} (yet).");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Report($"The file {FilePath} cannot be read: {e.Message}");
            }
            _isBegun = true;
        }
    }

    public void Dispose()
    {
        _poller?.Dispose();
        lock (_polling) Close();
    }

    private void Follow()
    {
        if (_file is null) Open();
        ReadNew(_file!);
        if (!_file!.IsReplaced()) return;
        // What was written between the last reading and the renaming is in the old file, and read by now; the new one begins at its beginning.
        ReadNew(_file);
        Close();
        Open();
        ReadNew(_file!);
    }

    private void Open()
    {
        _file = new FollowedFile(FilePath);
        if (!_isBegun) _file.Position = LastLines.FindStart(_file, _options.LinesFirst, _options.LineLengthMax);
    }

    private void Close()
    {
        if (_lines.TakeRest() is { } rest) Send(rest);
        _file?.Dispose();
        _file = null;
    }

    private void ReadNew(FollowedFile file)
    {
        var length = file.Length;
        if (length < file.Position)
        {
            // Cut short and begun anew (logrotate's copytruncate).
            _lines = new LineSplitter(_options.LineLengthMax);
            file.Position = 0;
        }
        if (_isBegun && length - file.Position > BacklogBytesMax) Skip(file, length - BacklogBytesMax);
        while (file.Read(_buffer, file.Position) is var read and > 0)
        {
            file.Position += read;
            _lines.Add(_buffer.AsSpan(0, read), Send);
            // A writer faster than this reader must not keep it here for ever.
            if (file.Position - length > BacklogBytesMax) break;
        }
    }

    private void Skip(FollowedFile file, long to)
    {
        var skipped = to - file.Position;
        SkippedBytes += skipped;
        file.Position = to;
        _lines = new LineSplitter(_options.LineLengthMax);
        _log.Send($"{skipped} bytes of {FilePath} were skipped: it grows faster than it is read.", LogSeverity.Warning, _source);
    }

    private void Send(string line)
    {
        if (line.Length == 0) return;
        LineCount++;
        _log.Send(LogText.Clean(line), LogLevels.Detect(line), _source, LogTimes.Detect(line, _time));
    }

    private void Report(string problem)
    {
        Close();
        if (_problem is null) _log.Send(problem, LogSeverity.Warning, _source);
        _problem = problem;
    }
}
