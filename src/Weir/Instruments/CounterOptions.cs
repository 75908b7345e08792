namespace Weir;

/// <summary>How the chart of a counter looks. <see cref="InstrumentOptions.Unit"/> is that of what is counted: with <c>bytes</c> the chart shows <c>bytes/s</c>.</summary>
public sealed record CounterOptions : InstrumentOptions;
