using Weir.Meters;

namespace Weir;

/// <summary>Meters of the process (<c>System.Diagnostics.Metrics</c>).</summary>
public sealed partial class Dashboard
{
    private readonly List<IDisposable> _observations = [];

    /// <summary>
    /// Makes series and charts of meters of this process, those that come later included: a page for each meter, a chart for each
    /// instrument; counters as the rate of the last five seconds, histograms by p50, p95 and p99. What has no chart, and callbacks that fail, are told in the log.
    /// </summary>
    /// <param name="pattern">Which meters: a name or a glob, such as <c>System.Runtime</c> or <c>*</c>.</param>
    /// <returns>Dispose it to stop listening; what came stays.</returns>
    /// <exception cref="ArgumentException">The pattern is empty.</exception>
    public IDisposable Observe(string pattern = "*")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(pattern);
        var observation = new MeterWidgets(this, pattern);
        lock (_observations) _observations.Add(observation);
        NoteSend();
        return observation;
    }

    private void EndObservations()
    {
        lock (_observations)
        {
            foreach (var observation in _observations) observation.Dispose();
            _observations.Clear();
        }
        lock (_ratesCreation) _rates?.Dispose();
    }
}
