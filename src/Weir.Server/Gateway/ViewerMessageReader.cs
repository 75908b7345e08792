using System.Text.Json;
using Weir.Engine;
using Weir.Engine.Time;

namespace Weir.Server.Gateway;

/// <summary>Reads what viewers send. Everything is checked here, so that the gateway only sees what makes sense.</summary>
internal static class ViewerMessageReader
{
    public const int BytesMax = 16_384;

    /// <summary>Subscriptions of a connection: a page of a thousand widgets and a few queries.</summary>
    public const int ViewsMax = 1024;
    private const int FilterLengthMax = 256;

    private static readonly string[] Types = ["subscribe", "unsubscribe", "pause", "resume"];

    /// <exception cref="FormatException">The message breaks the protocol; says which field, what was given and what is allowed.</exception>
    public static ViewerMessage Read(ReadOnlyMemory<byte> utf8)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(utf8);
        }
        catch (JsonException e)
        {
            throw new FormatException($"The message is not JSON: {e.Message}", e);
        }
        using (document)
        {
            try
            {
                return Read(document.RootElement);
            }
            catch (InvalidOperationException e)
            {
                // A document may parse and still hold half a surrogate pair or broken UTF-8, which shows when a text is taken out of it.
                throw new FormatException("The message holds text that is not Unicode.", e);
            }
        }
    }

    private static ViewerMessage Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object) throw new FormatException($"A message is a JSON object; this is {Name(root)}.");
        var type = Text(root, "type") ?? throw new FormatException($"A message has a \"type\": one of {string.Join(", ", Types)}.");
        return type switch
        {
            "subscribe" => ReadSubscribe(root),
            "unsubscribe" => ReadUnsubscribe(root),
            "pause" => new ViewerMessage.Pause(),
            "resume" => new ViewerMessage.Resume(),
            _ => throw new FormatException($"Message type '{Shortened(type)}' is unknown. Allowed are {string.Join(", ", Types)}{Spelling.Suggest(type, Types)}"),
        };
    }

    private static ViewerMessage.Subscribe ReadSubscribe(JsonElement root)
    {
        if (!root.TryGetProperty("views", out var views) || views.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("\"subscribe\" needs \"views\", a list such as [{\"widget\":\"cpu\",\"range\":60000,\"width\":600}].");
        }
        if (views.GetArrayLength() > ViewsMax) throw new FormatException($"\"views\" has {views.GetArrayLength()} entries; at most {ViewsMax} are allowed.");
        var requests = views.EnumerateArray().Select(ReadView).ToArray();
        return new ViewerMessage.Subscribe(requests, ReadResume(root) ?? ResumeOf(requests, Text(root, "epoch")));
    }

    /// <summary>The short form: "epoch" beside "views", and each view's own "sequence".</summary>
    private static ResumePoint? ResumeOf(ViewRequest[] requests, string? epoch)
    {
        if (epoch is null) return null;
        var sequences = new Dictionary<string, ulong>();
        foreach (var request in requests)
        {
            if (request.Sequence is { } sequence) sequences[request.Key] = sequence;
        }
        return new ResumePoint(epoch, sequences);
    }

    private static ViewRequest ReadView(JsonElement view)
    {
        if (view.ValueKind != JsonValueKind.Object) throw new FormatException($"An entry of \"views\" is an object; this is {Name(view)}.");
        var (widget, query) = (Text(view, "widget"), Text(view, "query"));
        if (widget is null == query is null) throw new FormatException("An entry of \"views\" has either \"widget\" or \"query\".");
        var (from, to) = (OptionalNumber(view, "from", -UnixTime.MillisecondsMax, UnixTime.MillisecondsMax), OptionalNumber(view, "to", -UnixTime.MillisecondsMax, UnixTime.MillisecondsMax));
        if (from is null != to is null) throw new FormatException("\"from\" and \"to\" go together.");
        if (from >= to) throw new FormatException($"\"from\" ({from}) must lie before \"to\" ({to}).");
        if (to - from > UnixTime.MillisecondsMax) throw new FormatException($"\"from\" and \"to\" lie at most {UnixTime.MillisecondsMax:0} ms apart.");
        return new ViewRequest
        {
            Key = widget ?? query!,
            IsQuery = query is not null,
            Range = UnixTime.FromMilliseconds(Number(view, "range", 60_000, ViewRequest.RangeMinMilliseconds, ViewRequest.RangeMaxMilliseconds)),
            From = from is { } f ? UnixTime.FromMilliseconds(f) : null,
            To = to is { } t ? UnixTime.FromMilliseconds(t) : null,
            Width = (int)Number(view, "width", 600, ViewRequest.WidthMin, ViewRequest.WidthMax),
            IsNewest = view.TryGetProperty("newest", out var newest) && newest.ValueKind == JsonValueKind.True,
            Offset = (int)Number(view, "offset", 0, -1, int.MaxValue),
            Count = (int)Number(view, "count", 50, 1, ViewRequest.RowsMax),
            Sort = Text(view, "sort"),
            Filter = ReadFilter(view),
            Sequence = view.TryGetProperty("sequence", out var known) && known.ValueKind == JsonValueKind.Number && known.TryGetUInt64(out var sequence) ? sequence : null,
            Descending = view.TryGetProperty("descending", out var descending) && descending.ValueKind == JsonValueKind.True,
        };
    }

    private static string? ReadFilter(JsonElement view)
    {
        var filter = Text(view, "filter");
        if (filter is { Length: > FilterLengthMax }) throw new FormatException($"\"filter\" has {filter.Length} characters; at most {FilterLengthMax} are allowed.");
        return string.IsNullOrEmpty(filter) ? null : filter;
    }

    private static ResumePoint? ReadResume(JsonElement root)
    {
        if (!root.TryGetProperty("resume", out var resume) || resume.ValueKind != JsonValueKind.Object) return null;
        var epoch = Text(resume, "epoch") ?? throw new FormatException("\"resume\" needs the \"epoch\" that hello gave.");
        var sequences = new Dictionary<string, ulong>();
        if (resume.TryGetProperty("sequences", out var given) && given.ValueKind == JsonValueKind.Object)
        {
            foreach (var entry in given.EnumerateObject())
            {
                if (entry.Value.ValueKind == JsonValueKind.Number && entry.Value.TryGetUInt64(out var sequence)) sequences[entry.Name] = sequence;
            }
        }
        return new ResumePoint(epoch, sequences);
    }

    private static ViewerMessage.Unsubscribe ReadUnsubscribe(JsonElement root)
    {
        if (!root.TryGetProperty("widgets", out var widgets) || widgets.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException("\"unsubscribe\" needs \"widgets\", a list of ids or queries.");
        }
        return new ViewerMessage.Unsubscribe(
            widgets.EnumerateArray().Where(id => id.ValueKind == JsonValueKind.String).Select(id => id.GetString()!).ToArray());
    }

    private static string? Text(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind != JsonValueKind.String) throw new FormatException($"\"{name}\" is text; this is {Name(value)}.");
        var text = value.GetString()!;
        return text.Length <= 1024 ? text : throw new FormatException($"\"{name}\" has {text.Length} characters; at most 1,024 are allowed.");
    }

    private static double Number(JsonElement element, string name, double otherwise, double min, double max) =>
        OptionalNumber(element, name, min, max) ?? otherwise;

    private static double? OptionalNumber(JsonElement element, string name, double min, double max)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var number) || !(number >= min && number <= max))
        {
            throw new FormatException($"\"{name}\" is a number from {min:0} to {max:0}; given was {Shortened(value.GetRawText())}.");
        }
        return number;
    }

    private static string Shortened(string text) => text.Length <= 100 ? text : text[..100] + "…";

    private static string Name(JsonElement element) => element.ValueKind.ToString().ToLowerInvariant();
}
