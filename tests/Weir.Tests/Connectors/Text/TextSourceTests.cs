using System.Text;
using Weir.Connectors.Text;
using Weir.Engine;
using Weir.Tests.Data;

namespace Weir.Tests.Connectors.Text;

public sealed class TextSourceTests : IDisposable
{
    private readonly TimeSeriesEngine _engine = new(time: ManualClock.AtNoon());

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Random_bytes_never_throw_and_stay_bounded() => ForSeeds(random =>
    {
        using var engine = new TimeSeriesEngine(time: ManualClock.AtNoon());
        var source = new TextSource(engine, new TextSourceOptions { SeriesMax = 50, LineLengthMax = 64 });
        var bytes = new byte[random.Next(4000)];
        random.NextBytes(bytes);
        source.RunAsync(new MemoryStream(bytes)).GetAwaiter().GetResult();
        Assert.InRange(source.Series.Count, 0, 50);
    });

    [Fact]
    public void Random_mixtures_of_formats_never_throw_and_lose_no_line() => ForSeeds(random =>
    {
        string[] pieces = ["{", "}", "\"a\":", "1", "2.5ms", "=", "a", "b", ",", ";", "\t", " ", " ", "\"", "\n", "\n", "-", "%", "procs ---memory---", "12:00:00", "AM", "2024-11-21T12:00:00Z", ":", "é", "\r"];
        var text = new StringBuilder();
        for (var i = random.Next(200); i > 0; i--) text.Append(pieces[random.Next(pieces.Length)]);
        using var engine = new TimeSeriesEngine(time: ManualClock.AtNoon());
        var source = new TextSource(engine, new TextSourceOptions { SeriesMax = 50 });
        source.RunAsync(new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()))).GetAwaiter().GetResult();
        Assert.InRange(source.Series.Count, 0, 50);
    });

    [Fact]
    public async Task A_line_without_an_end_takes_bounded_memory()
    {
        var source = new TextSource(_engine);
        var before = GC.GetAllocatedBytesForCurrentThread();
        await source.RunAsync(new EndlessStream((byte)'x', 64 << 20), cancellation: TestContext.Current.CancellationToken);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 << 20);
        Assert.Equal(1, source.CutCount);
        Assert.Equal(1, source.LineCount);
    }

    [Fact]
    public void Series_past_the_limit_are_counted()
    {
        var source = new TextSource(_engine, new TextSourceOptions { SeriesMax = 2 });
        source.Take("a=1 b=2 c=3");
        Assert.Equal(2, source.Series.Count);
        Assert.Equal(1, source.RefusedCount);
    }

    [Fact]
    public void A_text_field_whose_values_never_repeat_is_no_label()
    {
        var source = new TextSource(_engine);
        for (var i = 0; i < 100; i++) source.Take($"who=user{i} n={i}");
        Assert.Single(source.Series);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => (double)i), _engine.ValuesOf("n"));
    }

    [Fact]
    public void A_field_that_is_called_as_queries_call_the_name_is_no_error()
    {
        var source = new TextSource(_engine);
        source.Take("""{"__name__":"up","host":"a","v":1}""");
        Assert.Equal("v{host=\"a\",name=\"up\"}", Assert.Single(source.Series).Series.Key.ToString());
    }

    [Fact]
    public void A_chosen_label_is_one_even_when_it_is_a_number()
    {
        var source = new TextSource(_engine, new TextSourceOptions { Labels = ["status"] });
        source.Take("status=200 host=a n=1");
        Assert.Equal("n{status=\"200\"}", Assert.Single(source.Series).Series.Key.ToString());
    }

    [Fact]
    public void Another_format_is_found_when_the_first_ends()
    {
        var source = new TextSource(_engine);
        source.Take("a=1");
        for (var i = 0; i < 60; i++) source.Take("{\"b\":" + i + "}");
        Assert.StartsWith("JSON lines", source.Format, StringComparison.Ordinal);
        Assert.Equal([50, 51, 52, 53, 54, 55, 56, 57, 58, 59], _engine.ValuesOf("b"));
    }

    [Fact]
    public void Durations_keep_the_unit_they_came_with_first()
    {
        var source = new TextSource(_engine);
        source.Take("took=900us");
        source.Take("took=1.5ms");
        Assert.Equal("us", Assert.Single(source.Series).Unit);
        Assert.Equal([900, 1500], _engine.ValuesOf("took").Select(value => Math.Round(value, 9)));
    }

    [Theory]
    [InlineData("(?=look)(?<a>.)", "linear time")]
    [InlineData("(a", "linear time")]
    [InlineData(@"(\d+)", "no named group")]
    public void A_regular_expression_that_cannot_serve_is_refused(string pattern, string reason)
    {
        var refusal = Assert.Throws<ArgumentException>(() => new TextSource(_engine, new TextSourceOptions { Regex = pattern }));
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_read_is_copied_unchanged()
    {
        var text = Encoding.UTF8.GetBytes("1\r\n2\nlast");
        var copy = new MemoryStream();
        await new TextSource(_engine).RunAsync(new MemoryStream(text), copy, TestContext.Current.CancellationToken);
        Assert.Equal(text, copy.ToArray());
    }

    private static void ForSeeds(Action<Random> holds)
    {
        for (var seed = 1; seed <= 300; seed++)
        {
            var failure = Record.Exception(() => holds(new Random(seed)));
            Assert.True(failure is null, $"Fails for seed {seed}: {failure}");
        }
    }

    private sealed class EndlessStream(byte value, long length) : Stream
    {
        private long _left = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var count = (int)Math.Min(buffer.Length, _left);
            buffer[..count].Fill(value);
            _left -= count;
            return count;
        }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
