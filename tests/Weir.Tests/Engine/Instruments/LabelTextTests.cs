using Weir.Engine.Instruments;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Instruments;

/// <summary>The reading in pieces, against what .NET says of strings.</summary>
public sealed class LabelTextTests
{
    [Fact]
    public void Texts_are_equal_when_strings_are_and_hash_alike_then() => Property.Holds(20, random =>
    {
        for (var length = 0; length <= 80; length++)
        {
            var text = new string(Enumerable.Range(0, length).Select(_ => (char)random.Next(char.MaxValue + 1)).ToArray());
            var copy = new string(text.AsSpan());
            Assert.True(LabelText.AreEqual(text, copy));
            Assert.Equal(LabelText.Hash(text), LabelText.Hash(copy));
            Assert.False(LabelText.AreEqual(text, text + "\0"));
            Assert.False(LabelText.AreEqual(text, null));
        }
    });

    [Fact]
    public void Any_single_character_tells_texts_apart() => Property.Holds(5, random =>
    {
        for (var length = 1; length <= 80; length++)
        {
            var text = new string('a', length);
            for (var at = 0; at < length; at++)
            {
                var other = text.ToCharArray();
                // The uppermost bit may cancel where two pieces overlap; what hashes alike is compared.
                other[at] ^= (char)(1 << random.Next(15));
                var changed = new string(other);
                Assert.False(LabelText.AreEqual(text, changed), $"Length {length}, character {at}.");
                Assert.NotEqual(LabelText.Hash(text), LabelText.Hash(changed));
            }
        }
    });

    [Fact]
    public void Hashes_of_usual_labels_spread_over_the_sets_of_a_table()
    {
        string[] statuses = ["200", "201", "404", "500"], methods = ["GET", "POST"];
        var hashes = (from route in Enumerable.Range(0, 128)
                      from status in statuses
                      from method in methods
                      select LabelHash.OfTexts(1, [("route", $"/api/v1/orders/{route}/lines"), ("status", status), ("method", method)])).ToArray();
        // 1,024 keys in 1,024 sets: a random hash uses 647 of them, give or take 10 (one standard deviation).
        var sets = hashes.Select(hash => (hash >> 2) & 1023).Distinct().Count();
        Assert.InRange(sets, 600, 1024);
        // The chance that any two of 1,024 random tags of 31 bits are equal is 1 in 4,000; three equal pairs do not happen.
        Assert.InRange(hashes.Select(hash => (uint)(hash >> 32) | 1).Distinct().Count(), 1022, 1024);
    }
}
