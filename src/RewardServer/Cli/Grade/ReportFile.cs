using System.Text;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Jobs.Reports.Html;

namespace RewardServer.Cli.Grade;

/// <summary>Writes a report to a file: a page, or JSON.</summary>
internal static class ReportFile
{
    /// <summary>Whether a file's name says what it is to hold.</summary>
    public static bool IsOne(string path) => Path.GetExtension(path).ToLowerInvariant() is ".html" or ".json";

    /// <exception cref="Hosting.StartException">It cannot be written.</exception>
    public static async Task WriteAsync(string path, Jobs.Reports.Report report, string title, CancellationToken cancellation)
    {
        await using var file = OpenFile.Write("--report", path);
        if (Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase))
        {
            await JsonSerializer.SerializeAsync(file, report, ItemJson.Options, cancellation);
        }
        else
        {
            await file.WriteAsync(Encoding.UTF8.GetBytes(HtmlReport.Of(report, title)), cancellation);
        }
    }
}
