using System.Globalization;
using Xunit.Sdk;

namespace Weir.Tests.Data;

/// <summary>Proves a property over many seeds. A failure names its seed; <c>WEIR_SEED</c> runs that one alone.</summary>
internal static class Property
{
    public static void Holds(int cases, Action<Random> property)
    {
        var chosen = Environment.GetEnvironmentVariable("WEIR_SEED");
        var seeds = chosen is null ? Enumerable.Range(1, cases) : [int.Parse(chosen, CultureInfo.InvariantCulture)];
        foreach (var seed in seeds)
        {
            try
            {
                property(new Random(seed));
            }
            catch (Exception e)
            {
                throw new XunitException($"Fails for seed {seed} (alone: WEIR_SEED={seed}).\n{e.Message}\n{e.StackTrace}", e);
            }
        }
    }
}
