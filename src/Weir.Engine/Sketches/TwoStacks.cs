using System.Runtime.CompilerServices;

namespace Weir.Engine.Sketches;

/// <summary>What two neighbouring stretches come to as one. Associative; it need not have an inverse.</summary>
internal interface IJoins<T> where T : struct
{
    /// <summary>Of nothing: joined with anything, it changes nothing.</summary>
    static abstract T None { get; }

    static abstract T Join(in T earlier, in T later);
}

/// <summary>
/// A queue that knows what all of its items come to, at an amortized cost of at most three joins for each item that passes through. Items
/// are pushed on a back stack; when the front stack is empty, the back is turned over onto it, each item joined with all that follow
/// (Tangwongsan, Hirzel, Schneider 2021, https://doi.org/10.1007/s00778-021-00671-8, section 3).
/// </summary>
/// <param name="capacity">Items there may be at once; one more is an error of the caller.</param>
internal sealed class TwoStacks<T>(int capacity) where T : struct, IJoins<T>
{
    private readonly T[] _front = new T[capacity];
    private readonly T[] _back = new T[capacity];
    private int _frontCount;
    private int _backCount;
    private T _backTotal = T.None;

    /// <summary>Bytes on the heap, the object's own included.</summary>
    public long Bytes => 2 * (24 + Unsafe.SizeOf<T>() * (long)capacity) + 40 + Unsafe.SizeOf<T>();

    public int Count => _frontCount + _backCount;

    /// <summary>All items joined, oldest to newest; <see cref="IJoins{T}.None"/> when there is none.</summary>
    public T Total => _frontCount == 0 ? _backTotal : T.Join(_front[_frontCount - 1], _backTotal);

    public void Push(in T item)
    {
        if (Count == capacity) throw new InvalidOperationException($"The queue is full with {capacity} items.");
        _backTotal = T.Join(_backTotal, item);
        _back[_backCount++] = item;
    }

    /// <summary>Drops the oldest item.</summary>
    public void Pop()
    {
        if (Count == 0) throw new InvalidOperationException("The queue is empty.");
        if (_frontCount == 0) TurnOver();
        _frontCount--;
    }

    public void Clear() => (_frontCount, _backCount, _backTotal) = (0, 0, T.None);

    private void TurnOver()
    {
        while (_backCount > 0)
        {
            ref readonly var item = ref _back[--_backCount];
            _front[_frontCount] = T.Join(item, _frontCount == 0 ? T.None : _front[_frontCount - 1]);
            _frontCount++;
        }
        _backTotal = T.None;
    }
}
