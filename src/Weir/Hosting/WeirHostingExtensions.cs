using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Weir.Configuration;
using Weir.Hosting;

namespace Weir;

/// <summary>The dashboard inside an ASP.NET Core application, on its port.</summary>
public static class WeirHostingExtensions
{
    /// <summary>
    /// Adds a <see cref="Dashboard"/> that lives as long as the application and that <see cref="Live"/> sends to as well. Show it with
    /// <see cref="MapWeir"/>. Options come from <paramref name="configure"/>, weir.json and the section <c>Weir</c> of the application's
    /// configuration (appsettings.json, <c>WEIR__TITLE</c>, <c>--weir:title</c>), in this order; host, port and browser are the application's business.
    /// </summary>
    /// <returns>The dashboard, to put widgets on.</returns>
    /// <exception cref="WeirConfigurationException">A configured value is wrong; the message has the key, the value, what is allowed and where it is.</exception>
    public static Dashboard AddWeir(this IHostApplicationBuilder builder, Action<WeirOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new WeirOptions();
        configure?.Invoke(options);
        ConfigurationReader.Check(options);
        ConfigurationSources.ApplyFile(Directory.GetCurrentDirectory(), options);
        ConfigurationReader.Apply((IConfigurationRoot)builder.Configuration, "Weir", options);
        var dashboard = new Dashboard(options);
        builder.Services.AddSingleton(dashboard);
        builder.Services.AddHostedService<EngineService>();
        GatewayServer.AddTo(builder.Services, dashboard);
        Live.Use(dashboard);
        return dashboard;
    }

    /// <summary>Shows the dashboard of <see cref="AddWeir"/> under a path. Authorization and the like may be added to what is returned.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="path">Begins with a slash.</param>
    /// <exception cref="ArgumentException">The path does not begin with a slash.</exception>
    /// <exception cref="InvalidOperationException">AddWeir was not called.</exception>
    public static IEndpointConventionBuilder MapWeir(this IEndpointRouteBuilder endpoints, string path = "/live")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        if (string.IsNullOrEmpty(path) || path[0] != '/') throw new ArgumentException($"The path '{path}' is not allowed; it begins with a slash, as /live does.", nameof(path));
        if (endpoints.ServiceProvider.GetService<Dashboard>() is null)
        {
            throw new InvalidOperationException("MapWeir shows what AddWeir adds: call builder.AddWeir() before the application is built.");
        }
        return GatewayServer.Map(endpoints, path);
    }
}
