using Microsoft.Extensions.Configuration;
using Weir.Configuration;
using Weir.Engine.Ingest;
using Weir.Visuals.Themes;

namespace Weir.Tests.Api;

public sealed class ConfigurationTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("weir-configuration-");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void Later_sources_win_key_by_key()
    {
        Write("""{ "title": "file", "theme": "dark", "port": 4001, "limits": { "memoryMegabytes": 64 } }""");
        var options = Read(["mine", "--weir:port=4003", "--weir:Range", "5m", "--title", "not mine"], o =>
        {
            o.Title = "code";
            o.FirstViewerGrace = "1s";
        });
        Assert.Equal(("file", Theme.Dark, 4003, 64), (options.Title, options.Theme, options.Port, options.Limits.MemoryMegabytes));
        Assert.Equal(("5m", "1s"), (options.Range.ToString(), options.FirstViewerGrace.ToString()));
    }

    [Theory]
    [InlineData("""{ "port": "abc" }""", "Port is 'abc' in {0}; allowed is a whole number from 0 to 65535, or auto.")]
    [InlineData("""{ "theme": "drak" }""", "Theme is 'drak' in {0}; allowed is auto, dark, light.")]
    [InlineData("""{ "limits": { "memoryMegabytes": 0 } }""", "Limits:MemoryMegabytes is '0' in {0}; allowed is a whole number from 1 to 1048576.")]
    [InlineData("""{ "range": "10" }""", "Range is '10' in {0}; allowed is a duration such as 30s, 5m or 1h, from 1s to 366d.")]
    [InlineData("""{ "host": "0.0.0.0" }""", "Host is '0.0.0.0' in {0}; allowed is localhost, 127.0.0.1 or ::1.")]
    [InlineData("""{ "titel": "x" }""", "'titel' in {0} is not a setting of Weir. Settings are Title, ")]
    public void A_wrong_value_says_key_value_allowed_and_file(string json, string message)
    {
        Write(json);
        var error = Assert.Throws<WeirConfigurationException>(() => Read([]));
        Assert.StartsWith(string.Format(null, message, Path.Combine(_directory.FullName, "weir.json")), error.Message);
    }

    [Fact]
    public void A_file_that_is_no_json_is_named()
    {
        Write("{ title: }");
        Assert.StartsWith(Path.Combine(_directory.FullName, "weir.json") + " cannot be read", Assert.Throws<WeirConfigurationException>(() => Read([])).Message);
    }

    [Fact]
    public void A_wrong_argument_names_the_command_line() =>
        Assert.StartsWith("Port is '70000' in the command line (--weir:port)", Assert.Throws<WeirConfigurationException>(() => Read(["--weir:port", "70000"])).Message);

    [Fact]
    public void A_wrong_variable_is_named()
    {
        Environment.SetEnvironmentVariable("WEIRTEST__LIMITS__SERIESMAX", "none");
        var root = new ConfigurationBuilder().AddEnvironmentVariables("WEIRTEST__").Build();
        var error = Assert.Throws<WeirConfigurationException>(() => ConfigurationReader.Apply(root, null, new WeirOptions()));
        Assert.StartsWith("Limits:SeriesMax is 'none' in the environment variable WEIR__LIMITS__SERIESMAX", error.Message);
    }

    [Fact]
    public void A_wrong_value_from_code_says_so() =>
        Assert.StartsWith("Port is '-1' in the program's code", Assert.Throws<WeirConfigurationException>(() => Read([], o => o.Port = -1)).Message);

    [Fact]
    public void What_happens_to_values_that_do_not_fit_may_be_configured()
    {
        Write("""{ "loss": "dropNewest" }""");
        Assert.Equal(LossPolicy.DropNewest, Read([]).Loss);
        Assert.Equal(LossPolicy.Block(TimeSpan.FromMilliseconds(250)), Read(["--weir:loss", "250ms"]).Loss);
        Assert.Equal(LossPolicy.DropOldest, Read(["--weir:loss=DROPOLDEST"]).Loss);
        foreach (var wrong in new[] { "never", "0s", "" })
            Assert.StartsWith($"Loss is '{wrong}' in the command line (--weir:loss); allowed is dropOldest, dropNewest, or how long", Assert.Throws<WeirConfigurationException>(() => Read([$"--weir:loss={wrong}"])).Message);
    }

    [Fact]
    public void A_host_has_the_keys_in_a_section()
    {
        var root = new ConfigurationBuilder().AddInMemoryCollection([new("Weir:Title", "hosted"), new("Other", "x")]).Build();
        var options = new WeirOptions();
        ConfigurationReader.Apply(root, "Weir", options);
        Assert.Equal("hosted", options.Title);
    }

    private void Write(string json) => File.WriteAllText(Path.Combine(_directory.FullName, "weir.json"), json);

    private WeirOptions Read(string[] arguments, Action<WeirOptions>? configure = null) => ConfigurationSources.Read(configure, _directory.FullName, arguments);
}
