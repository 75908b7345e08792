using Weir.Engine.Time;
using Weir.Visuals.Themes;
using Weir.Visuals.Widgets;

namespace Weir.Visuals.Dashboards;

/// <summary>
/// A dashboard: its widgets, where they stand, and what it looks like. It may be changed and read from any thread; each change raises
/// <see cref="Version"/> and then <see cref="Changed"/>.
/// </summary>
public sealed class DashboardDocument
{
    public const int WidgetsMax = 1000;
    public const int PagesMax = 50;

    private readonly Lock _gate = new();
    private readonly OrderedDictionary<string, WidgetOptions> _widgets = [];
    private Page[] _pages = [new("overview", "Overview")];
    private string _title;
    private string? _logo;
    private Theme _theme;
    private Duration _range = TimeSpan.FromMinutes(1);
    private long _version = 1;
    private (long Version, byte[] Json) _cached;

    /// <param name="id">What the address names it by: 1 to 64 letters, digits, hyphens, underscores and dots.</param>
    /// <param name="title">What the header says; the id when null.</param>
    /// <exception cref="ArgumentException">The id breaks the rule.</exception>
    public DashboardDocument(string id, string? title = null)
    {
        if (string.IsNullOrEmpty(id) || id.Length > 64 || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            throw new ArgumentException($"A dashboard id has 1 to 64 letters (a to z), digits, hyphens, underscores and dots; given was '{id}'.", nameof(id));
        }
        (Id, _title) = (id, title ?? id);
    }

    public string Id { get; }

    /// <summary>Rises with each change; 1 at first.</summary>
    public long Version => Volatile.Read(ref _version);

    public string Title
    {
        get => Volatile.Read(ref _title);
        set
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value);
            Change(() => _title = value);
        }
    }

    public Theme Theme
    {
        get => _theme;
        set => Change(() => _theme = value);
    }

    /// <summary>The stretch of time that charts show at first.</summary>
    public Duration Range
    {
        get
        {
            lock (_gate) return _range;
        }
        set => Change(() => _range = value);
    }

    /// <summary>A data URL, or null for none.</summary>
    /// <exception cref="ArgumentException">Not a data URL of an image: viewers load nothing from elsewhere.</exception>
    public string? Logo
    {
        get => Volatile.Read(ref _logo);
        set
        {
            if (value is not null && !value.StartsWith("data:image/", StringComparison.Ordinal))
            {
                throw new ArgumentException("A logo is a data URL that starts with 'data:image/'.", nameof(value));
            }
            Change(() => _logo = value);
        }
    }

    /// <summary>At least one, in the order in which they were added.</summary>
    public IReadOnlyList<Page> Pages => Volatile.Read(ref _pages);

    /// <summary>In the order in which they were added.</summary>
    public IReadOnlyCollection<WidgetOptions> Widgets
    {
        get
        {
            lock (_gate) return [.. _widgets.Values];
        }
    }

    /// <summary>Raised after a change, on the thread that made it. Handlers only take note.</summary>
    public event Action? Changed;

    public WidgetOptions? FindWidget(string id)
    {
        lock (_gate) return _widgets.GetValueOrDefault(id);
    }

    /// <summary>The first page, where widgets go that no page was named for; it comes back when other pages have taken its place.</summary>
    public Page DefaultPage => FindPage("overview") ?? AddPage("overview", "Overview");

    /// <summary>Adds a widget at the end of a container of this dashboard.</summary>
    /// <exception cref="InvalidOperationException">A widget of that id is there, or there are <see cref="WidgetsMax"/>.</exception>
    /// <exception cref="ArgumentException">An option is not allowed; the message says what is.</exception>
    public void AddWidget(WidgetOptions widget, Container parent) => Change(() =>
    {
        OptionRules.Check(widget);
        if (_widgets.Count >= WidgetsMax) throw new InvalidOperationException($"Dashboard '{Id}' has {WidgetsMax} widgets already; '{widget.Id}' would be one too many.");
        if (!_widgets.TryAdd(widget.Id, widget)) throw new InvalidOperationException($"Dashboard '{Id}' has a widget '{widget.Id}' already.");
        parent.Append(new WidgetPlace(widget.Id));
    });

    /// <summary>Puts this spec in the place of the one with the same id.</summary>
    /// <exception cref="InvalidOperationException">There is no widget of that id.</exception>
    /// <exception cref="ArgumentException">An option is not allowed; the message says what is.</exception>
    public void ReplaceWidget(WidgetOptions widget) => Change(() =>
    {
        OptionRules.Check(widget);
        if (!_widgets.ContainsKey(widget.Id)) throw new InvalidOperationException($"Dashboard '{Id}' has no widget '{widget.Id}'.");
        _widgets[widget.Id] = widget;
    });

    /// <summary>Adds a container at the end of another.</summary>
    public TContainer AddContainer<TContainer>(TContainer container, Container parent)
        where TContainer : Container
    {
        Change(() => parent.Append(container));
        return container;
    }

    public Page? FindPage(string id) => Array.Find(_pages, page => page.Id == id);

    /// <summary>Adds a page, or returns the one with this id. It takes the place of the first page while nothing stands there.</summary>
    /// <exception cref="InvalidOperationException">There are <see cref="PagesMax"/> pages.</exception>
    public Page AddPage(string id, string title)
    {
        if (FindPage(id) is { } known) return known;
        var page = new Page(id, title);
        Change(() =>
        {
            if (FindPage(id) is { } raced)
            {
                page = raced;
                return;
            }
            if (_pages.Length >= PagesMax) throw new InvalidOperationException($"Dashboard '{Id}' has {PagesMax} pages already; '{title}' would be one too many.");
            Page[] kept = _pages is [{ Id: "overview", Root.Children.Count: 0 }] ? [] : _pages;
            Volatile.Write(ref _pages, [.. kept, page]);
        });
        return page;
    }

    /// <summary>Makes this the one page, in place of the empty one that a document begins with.</summary>
    internal Page ResetPages(string id, string title)
    {
        var page = new Page(id, title);
        Change(() => Volatile.Write(ref _pages, [page]));
        return page;
    }

    /// <summary>The document as UTF-8 JSON, the same bytes for as long as the version stays.</summary>
    public ReadOnlyMemory<byte> ToJson()
    {
        lock (_gate)
        {
            if (_cached.Version != _version)
            {
                var shape = new DashboardShape(1, Id, _title, _theme, _range.Nanoseconds / 1e6, _logo, _version, _pages, _widgets);
                _cached = (_version, DashboardJson.Serialize(shape));
            }
            return _cached.Json;
        }
    }

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
            _version++;
        }
        Changed?.Invoke();
    }
}
