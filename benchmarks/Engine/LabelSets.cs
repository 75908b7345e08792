namespace Weir.Bench.Engine;

/// <summary>The labels of one call after the other, as columns: 4,096 of them, drawn from a number of combinations.</summary>
internal sealed record LabelSets(string Name, string Short, string[] Routes, string[] Statuses, string[] Methods)
{
    private const int Length = 4096;

    /// <summary>One combination over and over; 256, the texts shared as literals are; the same with a new object for every text, as parsed input has.</summary>
    public static readonly LabelSets[] All = [Of("1 combination", "one", 1, false), Of("256 combinations", "shared", 256, false), Of("256 combinations of fresh strings", "fresh", 256, true)];

    private static LabelSets Of(string name, string shortName, int combinations, bool isFresh)
    {
        var random = new Random(1);
        string[] statuses = ["200", "201", "404", "500"], methods = ["GET", "POST"];
        var routes = Enumerable.Range(0, 32).Select(i => $"/api/v1/orders/{i}/lines").ToArray();
        var drawn = Enumerable.Range(0, Length).Select(_ => random.Next(combinations)).ToArray();
        return new(
            name,
            shortName,
            Array.ConvertAll(drawn, i => Text(routes[i % 32])),
            Array.ConvertAll(drawn, i => Text(statuses[i / 32 % 4])),
            Array.ConvertAll(drawn, i => Text(methods[i / 128 % 2])));

        string Text(string text) => isFresh ? new string(text.AsSpan()) : text;
    }
}
