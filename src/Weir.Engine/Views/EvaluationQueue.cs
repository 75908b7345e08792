namespace Weir.Engine.Views;

/// <summary>Runs evaluations in the background, so many at once, in the order they came. Each view's expression has one here at most.</summary>
/// <param name="background">Runs work on another thread.</param>
internal sealed class EvaluationQueue(Action<Action> background)
{
    /// <summary>Evaluations that run at once, of all expressions that viewers look at.</summary>
    public const int AtOnceMax = 2;

    private readonly Lock _gate = new();
    private readonly Queue<Action> _waiting = new();
    private int _running;

    /// <summary>Evaluations that were ever asked for.</summary>
    public long Count { get; private set; }

    /// <param name="evaluate">Throws nothing.</param>
    public void Add(Action evaluate)
    {
        lock (_gate)
        {
            Count++;
            if (_running == AtOnceMax)
            {
                _waiting.Enqueue(evaluate);
                return;
            }
            _running++;
        }
        background(() => RunFrom(evaluate));
    }

    private void RunFrom(Action evaluate)
    {
        for (var next = evaluate; next is not null; next = Next()) next();
    }

    private Action? Next()
    {
        lock (_gate)
        {
            if (_waiting.TryDequeue(out var next)) return next;
            _running--;
            return null;
        }
    }
}
