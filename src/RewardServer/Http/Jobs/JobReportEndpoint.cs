using System.Text;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Jobs.Reports;
using RewardServer.Jobs.Reports.Html;
using RewardServer.Jobs.Store;

namespace RewardServer.Http.Jobs;

/// <summary>What a job's results come to.</summary>
internal static class JobReportEndpoint
{
    private const string Page = "text/html";

    public static void MapJobReport(this IEndpointRouteBuilder jobs) =>
        jobs.MapGet("/{id}/report", GetAsync)
            .WithName("job-report")
            .RequireRateLimiting(Admission.Policy)
            .Produces<Report>(StatusCodes.Status200OK, "application/json", Page)
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("What a job's results come to, so far where it still runs.")
            .WithDescription("JSON, or a page of HTML where the request accepts text/html or says ?format=html. ?by=level,subject names columns of the rows to tell apart by.");

    private static async Task<IResult> GetAsync(string id, string? format, string? by, JobStore store, HttpContext http)
    {
        if (format is not (null or "json" or "html"))
        {
            return Problems.Invalid("format", $"must be json or html, but is '{format}'");
        }

        string[] columns = [.. (by ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal)];
        if (columns.Length > ReportOptions.MostColumns)
        {
            return Problems.Invalid("by", $"must name at most {ReportOptions.MostColumns} columns, but names {columns.Length}");
        }

        if (await store.FindAsync(id, http.RequestAborted) is not { } job)
        {
            return JobEndpoints.Unknown(id);
        }

        var known = new SortedSet<string>(StringComparer.Ordinal);
        var report = await BuildAsync(job, columns, known, store, http.RequestAborted);
        // A job that was removed while it was read has no report: it would be one on a part.
        if (await store.FindAsync(id, http.RequestAborted) is not { } still || still.Number != job.Number)
        {
            return JobEndpoints.Unknown(id);
        }

        if (report.Items > 0 && columns.FirstOrDefault(column => !known.Contains(column)) is { } unknown)
        {
            return Problems.Invalid("by", $"'{unknown}' is no column of a result{(known.Count == 0 ? "" : $"; there are: {string.Join(", ", known)}")}");
        }

        return format == "html" || (format is null && http.Request.GetTypedHeaders().Accept.Any(type => type.MediaType == Page))
            ? TypedResults.Text(HtmlReport.Of(report, $"Job {id}"), Page, Encoding.UTF8)
            : TypedResults.Json(report, ItemJson.Options);
    }

    private static async Task<Report> BuildAsync(Job job, string[] by, SortedSet<string> known, JobStore store, CancellationToken cancellation)
    {
        using var builder = new ReportBuilder(new() { By = [.. by] });
        var (row, sample) = (-1L, int.MaxValue);
        while (await store.Results.PageAsync(job.Number, row, sample, cancellation) is { Count: > 0 } page)
        {
            foreach (var result in page)
            {
                var (line, error) = GradedLine.Read(JsonElement.Parse(result.Json));
                builder.Add(line ?? throw new InvalidOperationException($"the result of row {result.Row} {error}"));
                Know(line.Columns.Keys, by, known);
            }

            (row, sample) = (page[^1].Row, page[^1].Sample);
        }

        return builder.Build();
    }

    // Those that are asked for, and as many others as an error can name.
    private static void Know(IEnumerable<string> names, string[] by, SortedSet<string> known)
    {
        foreach (var name in names)
        {
            if (known.Count < ReportOptions.MostColumns || by.Contains(name, StringComparer.Ordinal))
            {
                known.Add(name);
            }
        }
    }
}
