using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Jobs.Reports.Html;

namespace RewardServer.Cli.Grade;

/// <summary>
/// The files that a run's report goes to: pages, or JSON. They are opened before anything is graded, so that one that cannot be written is told at once; what they held stays there
/// until the report is written.
/// </summary>
internal sealed class ReportFiles : IAsyncDisposable
{
    private readonly ImmutableArray<FileStream> files;

    private ReportFiles(ImmutableArray<FileStream> files) => this.files = files;

    /// <summary>Whether a file's name says what it is to hold.</summary>
    public static bool IsOne(string path) => Path.GetExtension(path).ToLowerInvariant() is ".html" or ".json";

    /// <exception cref="Hosting.StartException">One cannot be written.</exception>
    public static async Task<ReportFiles> OpenAsync(IEnumerable<string> paths)
    {
        var opened = ImmutableArray.CreateBuilder<FileStream>();
        try
        {
            foreach (var path in paths)
            {
                opened.Add(OpenFile.Extend("--report", path));
            }

            return new(opened.ToImmutable());
        }
        catch
        {
            await CloseAsync(opened);
            throw;
        }
    }

    /// <summary>Writes the report to each.</summary>
    /// <exception cref="IOException">One cannot be written to its end.</exception>
    public async Task WriteAsync(Jobs.Reports.Report report, string title, CancellationToken cancellation)
    {
        foreach (var file in files)
        {
            file.SetLength(0);
            if (Path.GetExtension(file.Name).Equals(".json", StringComparison.OrdinalIgnoreCase))
            {
                await JsonSerializer.SerializeAsync(file, report, ItemJson.Options, cancellation);
            }
            else
            {
                await file.WriteAsync(Encoding.UTF8.GetBytes(HtmlReport.Of(report, title)), cancellation);
            }

            await file.FlushAsync(cancellation);
        }
    }

    public async ValueTask DisposeAsync() => await CloseAsync(files);

    private static async Task CloseAsync(IEnumerable<FileStream> files)
    {
        foreach (var file in files)
        {
            await file.DisposeAsync();
        }
    }
}
