using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Weir.Server.Hosting;

namespace Weir.EndToEnd.Servers;

/// <summary>A dashboard behind a server that the test can be unkind with: it cuts connections and refuses WebSockets.</summary>
internal sealed class ServedEngine : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<HttpContext, bool> _streams = new();

    private ServedEngine(WebApplication application) => _application = application;

    public Uri Url { get; private set; } = new("http://127.0.0.1");

    /// <summary>Answers WebSockets as a proxy does that does not know them.</summary>
    public bool RefusesWebSockets { get; set; }

    public static async Task<ServedEngine> StartAsync(Dashboard dashboard)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddWeirServer(dashboard.Engine, dashboard.Catalog, new ServerOptions());
        var application = builder.Build();
        var served = new ServedEngine(application);
        application.Use(served.HandleAsync);
        application.UseRouting();
        application.MapWeirServer("/");
        dashboard.Engine.Start();
        await application.StartAsync();
        served.Url = new Uri(application.Urls.First());
        return served;
    }

    /// <summary>Cuts every stream to a viewer, as a network does that goes away: without a word.</summary>
    public void Cut()
    {
        foreach (var stream in _streams.Keys) stream.Abort();
    }

    public async ValueTask DisposeAsync()
    {
        Cut();
        await _application.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context, RequestDelegate next)
    {
        var isSocket = context.Request.Path == "/ws";
        if (isSocket && RefusesWebSockets)
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
            return;
        }
        if (!isSocket && context.Request.Path != "/sse")
        {
            await next(context);
            return;
        }
        _streams[context] = true;
        try
        {
            await next(context);
        }
        finally
        {
            _streams.TryRemove(context, out _);
        }
    }
}
