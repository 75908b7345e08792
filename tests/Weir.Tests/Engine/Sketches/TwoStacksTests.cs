using Weir.Engine.Sketches;
using Weir.Tests.Data;

namespace Weir.Tests.Engine.Sketches;

public sealed class TwoStacksTests
{
    [Fact]
    public void Total_equals_joining_all_items_in_order() => Property.Holds(50, random =>
    {
        var capacity = random.Next(1, 20);
        var (stacks, plain) = (new TwoStacks<Text>(capacity), new Queue<char>());
        for (var step = 0; step < 300; step++)
        {
            if (plain.Count < capacity && random.Next(2) == 0)
            {
                var item = (char)('a' + random.Next(26));
                stacks.Push(new(item.ToString()));
                plain.Enqueue(item);
            }
            else if (plain.Count > 0)
            {
                stacks.Pop();
                plain.Dequeue();
            }
            if (random.Next(100) == 0)
            {
                stacks.Clear();
                plain.Clear();
            }
            Assert.Equal(plain.Count, stacks.Count);
            Assert.Equal(string.Concat(plain), stacks.Total.Letters);
        }
    });

    [Theory]
    [InlineData(2)]
    [InlineData(60)]
    [InlineData(1000)]
    public void Slide_costs_three_joins_however_long_the_queue(int length)
    {
        var stacks = new TwoStacks<Text>(length);
        for (var i = 0; i < length; i++) stacks.Push(new(""));
        Text.Joins = 0;
        const int slides = 10_000;
        for (var i = 0; i < slides; i++)
        {
            stacks.Pop();
            stacks.Push(new(""));
            _ = stacks.Total;
        }
        Assert.InRange(Text.Joins, slides, 3 * slides + length);
    }

    [Fact]
    public void One_too_many_or_too_few_is_an_error()
    {
        var stacks = new TwoStacks<Text>(1);
        Assert.Throws<InvalidOperationException>(stacks.Pop);
        stacks.Push(new("a"));
        Assert.Throws<InvalidOperationException>(() => stacks.Push(new("b")));
    }

    /// <summary>Joins by writing one after the other, which has no inverse and minds the order.</summary>
    private readonly record struct Text(string Letters) : IJoins<Text>
    {
        [ThreadStatic]
        public static int Joins;

        public static Text None { get; } = new("");

        public static Text Join(in Text earlier, in Text later)
        {
            Joins++;
            return new(earlier.Letters + later.Letters);
        }
    }
}
