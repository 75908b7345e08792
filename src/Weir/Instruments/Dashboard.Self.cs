using Weir.Connectors.Meters;
using Weir.Instruments;
using Weir.Server.Metrics;
using Weir.Visuals.Dashboards;

namespace Weir;

/// <summary>Weir's own metrics as series, kept from the moment that somebody wants to see them.</summary>
public sealed partial class Dashboard
{
    private bool _observesItself;

    /// <summary>Makes series of Weir's own metrics, once a second; further calls do nothing.</summary>
    internal void ObserveItself()
    {
        lock (_observations)
        {
            if (_observesItself) return;
            _observesItself = true;
            _observations.Add(new MeterSource(Engine, WeirMeter.Name, time: Time));
        }
        foreach (var counter in SelfDashboard.Counters) Rates.Watch(counter);
    }

    private DashboardDocument CreateSelfDashboard()
    {
        ObserveItself();
        var document = new DashboardDocument(SelfDashboard.Id, "Weir itself") { Theme = Options.Theme, Range = Options.Range };
        SelfDashboard.AddCharts(document, document.DefaultPage.Root);
        return document;
    }
}
