namespace Weir.Bench.Engine.Peers;

/// <summary>
/// The merging t-digest (T. Dunning, O. Ertl, "Computing extremely accurate quantiles using t-digests", 2019, https://arxiv.org/abs/1902.04023)
/// with the arcsine scale k1: values gather in a buffer of five times the compression, are sorted there by the runtime's own sort of doubles and
/// merged into the centroids in one pass, which asks for a sine once a centroid.
/// </summary>
internal sealed class TDigest
{
    private readonly double _compression;
    private readonly double[] _buffer;
    private readonly double[] _ones;
    private double[] _means;
    private double[] _weights;
    private double[] _spareMeans;
    private double[] _spareWeights;
    private int _buffered;
    private int _centroids;
    private double _total;
    private double _min = double.PositiveInfinity;
    private double _max = double.NegativeInfinity;

    public TDigest(double compression = 100)
    {
        _compression = compression;
        _buffer = new double[(int)(5 * compression)];
        _ones = new double[_buffer.Length];
        Array.Fill(_ones, 1);
        var most = 2 * (int)Math.Ceiling(compression) + 10;
        (_means, _weights, _spareMeans, _spareWeights) = (new double[most], new double[most], new double[most], new double[most]);
    }

    public void Add(double value)
    {
        if (_buffered == _buffer.Length) Flush();
        _buffer[_buffered++] = value;
    }

    public void Merge(TDigest other)
    {
        Flush();
        other.Flush();
        if (other._centroids > 0) Take(other._means.AsSpan(0, other._centroids), other._weights.AsSpan(0, other._centroids), other._total, other._min, other._max);
    }

    public double Quantile(double q)
    {
        Flush();
        if (_centroids == 0) return double.NaN;
        var rank = q * _total;
        var (before, at) = (0.0, 0);
        while (at < _centroids - 1 && before + _weights[at] / 2 < rank) before += _weights[at++];
        // Between the middles of two centroids the values are taken to lie evenly.
        var right = before + _weights[at] / 2;
        var (leftRank, leftValue) = at == 0 ? (0, _min) : (before - _weights[at - 1] / 2, _means[at - 1]);
        if (rank > right) (leftRank, leftValue, right) = (right, _means[at], _total);
        var rightValue = right == _total ? _max : _means[at];
        return right > leftRank ? leftValue + (rightValue - leftValue) * Math.Clamp((rank - leftRank) / (right - leftRank), 0, 1) : rightValue;
    }

    public void Clear() => (_buffered, _centroids, _total, _min, _max) = (0, 0, 0, double.PositiveInfinity, double.NegativeInfinity);

    private void Flush()
    {
        if (_buffered == 0) return;
        var values = _buffer.AsSpan(0, _buffered);
        values.Sort();
        Take(values, _ones, _buffered, values[0], values[^1]);
        _buffered = 0;
    }

    /// <summary>Merges a sorted run into the sorted centroids and joins neighbours as far as the scale allows.</summary>
    private void Take(ReadOnlySpan<double> values, ReadOnlySpan<double> weights, double weight, double min, double max)
    {
        (_total, _min, _max) = (_total + weight, Math.Min(_min, min), Math.Max(_max, max));
        var (means, ownWeights, intoMeans, intoWeights) = (_means, _weights, _spareMeans, _spareWeights);
        var (i, j, centroids, filled) = (0, 0, -1, 0.0);
        var (mean, size, limit) = (0.0, 0.0, -1.0);
        while (i < values.Length || j < _centroids)
        {
            double nextMean, nextSize;
            if (j == _centroids || (i < values.Length && values[i] <= means[j])) (nextMean, nextSize) = (values[i], weights[i++]);
            else (nextMean, nextSize) = (means[j], ownWeights[j++]);
            if (filled + size + nextSize <= limit)
            {
                size += nextSize;
                mean += (nextMean - mean) * nextSize / size;
                continue;
            }
            if (centroids >= 0) (intoMeans[centroids], intoWeights[centroids]) = (mean, size);
            centroids++;
            filled += size;
            (mean, size) = (nextMean, nextSize);
            limit = _total * EndOfCentroidFrom(filled / _total);
        }
        (intoMeans[centroids], intoWeights[centroids]) = (mean, size);
        _centroids = centroids + 1;
        (_means, _weights, _spareMeans, _spareWeights) = (_spareMeans, _spareWeights, _means, _weights);
    }

    /// <summary>k1(q) = δ/2π · asin(2q − 1): the part at which k has grown by one.</summary>
    private double EndOfCentroidFrom(double q)
    {
        var angle = Math.Asin(2 * q - 1) + 2 * Math.PI / _compression;
        return angle >= Math.PI / 2 ? 1 : (Math.Sin(angle) + 1) / 2;
    }
}
