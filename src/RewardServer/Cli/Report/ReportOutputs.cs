using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Hosting;

namespace RewardServer.Cli.Report;

/// <summary>The files that a report goes to. They are opened before results are read, so that one that cannot be written is told at once.</summary>
internal sealed class ReportOutputs : IAsyncDisposable
{
    private readonly Stream? html, json;

    private ReportOutputs(Stream? html, Stream? json, Stream? differences, bool usesStandardOutput) =>
        (this.html, this.json, Differences, UsesStandardOutput) = (html, json, differences, usesStandardOutput);

    /// <summary>Where lines that differ go; null for nowhere.</summary>
    public Stream? Differences { get; }

    /// <summary>Whether one of them is standard output, where then no table goes.</summary>
    public bool UsesStandardOutput { get; }

    /// <exception cref="StartException">One cannot be written, or two are standard output.</exception>
    public static ReportOutputs Open(string? html, string? json, string? differences)
    {
        var standard = new[] { html, json, differences }.Count(path => path == "-");
        return standard > 1
            ? throw new StartException(["only one of --html, --json and --differences can be -"])
            : new(Open("--html", html), Open("--json", json), Open("--differences", differences), standard == 1);
    }

    /// <summary>Writes the page and the JSON, where they are asked for.</summary>
    public async Task WriteAsync(Func<string> page, object report, CancellationToken cancellation)
    {
        if (json is not null)
        {
            await JsonSerializer.SerializeAsync(json, report, ItemJson.Options, cancellation);
            await json.WriteAsync("\n"u8.ToArray(), cancellation);
            await json.FlushAsync(cancellation);
        }

        if (html is not null)
        {
            await using var writer = new StreamWriter(html, leaveOpen: true);
            await writer.WriteAsync(page().AsMemory(), cancellation);
            await writer.FlushAsync(cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var stream in new[] { html, json, Differences }.OfType<Stream>())
        {
            await stream.DisposeAsync();
        }
    }

    private static Stream? Open(string flag, string? path) => path is null ? null : OpenFile.Write(flag, path);
}
