using System.Numerics;
using Weir.Engine.Queries.Evaluation;

namespace Weir.Engine.Queries.Live;

/// <summary>One series that a <see cref="LiveQuery"/> gives: labels, and a value or none at each step that was last refreshed.</summary>
public sealed class LiveOutput
{
    private readonly LiveQuery _query;
    private double[] _values = [];

    internal LiveOutput(LiveQuery query, int number, QueryLabels labels) => (_query, Number, Labels) = (query, number, labels);

    /// <summary>Stays while the output is there, and is never given to another.</summary>
    public int Number { get; }

    public QueryLabels Labels { get; }

    /// <summary>The value at a step, NaN where there is none.</summary>
    public double this[long step] => TryGetValue(step, out var value) ? value : double.NaN;

    /// <summary>Whether there is a value at a step; NaN is one, such as that of 0/0.</summary>
    public bool TryGetValue(long step, out double value)
    {
        value = _query.Holds(step) ? _values[step & (_values.Length - 1)] : Absent.Value;
        return !Absent.Is(value);
    }

    /// <summary>The newest step that ever had a value.</summary>
    internal long LastStep { get; private set; } = long.MinValue;

    internal bool IsTouched { get; set; }

    internal static int CapacityOf(long steps) => (int)BitOperations.RoundUpToPowerOf2((uint)steps);

    /// <summary>Makes room for steps, and keeps the values of those held.</summary>
    internal void Resize(int capacity, long first, long last)
    {
        if (_values.Length == capacity) return;
        var values = new double[capacity];
        Array.Fill(values, Absent.Value);
        for (var step = first; _values.Length > 0 && step <= last; step++) values[step & (capacity - 1)] = _values[step & (_values.Length - 1)];
        _values = values;
    }

    /// <summary>Whether it was another before.</summary>
    internal bool Set(long step, double value)
    {
        ref var held = ref _values[step & (_values.Length - 1)];
        if (!Absent.Is(value)) LastStep = Math.Max(LastStep, step);
        if (BitConverter.DoubleToInt64Bits(held) == BitConverter.DoubleToInt64Bits(value)) return false;
        held = value;
        return true;
    }
}
