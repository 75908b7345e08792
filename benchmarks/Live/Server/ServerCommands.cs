using System.Globalization;

namespace Weir.Bench.Live.Server;

/// <summary>What a <see cref="BenchServer"/> can be told.</summary>
internal sealed class ServerCommands(Dashboard dashboard) : IAsyncDisposable
{
    private readonly Pulse _pulse = new(dashboard);
    private readonly TimedSender _sender = new(dashboard);
    private readonly ChartStream _stream = new(dashboard);
    private PeerPages? _peers;

    public async Task<string> RunAsync(string[] words) => words switch
    {
        ["fill", var series, var points] => HistoryFill.Run(dashboard, Number(series), Number(points)),
        ["pulse"] => _pulse.Begin(),
        ["pulse-end"] => _pulse.End(),
        ["prepare"] => _sender.Prepare(),
        ["send", var rate, var seconds] => _sender.Run(Number(rate), Number(seconds)),
        ["stream"] => _stream.Begin(),
        ["peers", var folder] => (_peers ??= await PeerPages.StartAsync(_stream, folder)).Url,
        ["heap"] => Heap(),
        ["viewers"] => dashboard.ViewerCount.ToString(CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"unknown command '{string.Join(' ', words)}'"),
    };

    public async ValueTask DisposeAsync()
    {
        _pulse.End();
        _stream.End();
        if (_peers is not null) await _peers.DisposeAsync();
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Bytes of the managed heap that are in use.</summary>
    private static string Heap() => GC.GetTotalMemory(forceFullCollection: true).ToString(CultureInfo.InvariantCulture);
}
