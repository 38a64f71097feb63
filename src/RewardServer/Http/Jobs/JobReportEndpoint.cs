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

        if (await store.FindAsync(id, http.RequestAborted) is not { } job)
        {
            return JobEndpoints.Unknown(id);
        }

        var report = await BuildAsync(job, [.. (by ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)], store, http.RequestAborted);
        return format == "html" || (format is null && http.Request.GetTypedHeaders().Accept.Any(type => type.MediaType == Page))
            ? TypedResults.Text(HtmlReport.Of(report, $"Job {id}"), Page, Encoding.UTF8)
            : TypedResults.Json(report, ItemJson.Options);
    }

    private static async Task<Report> BuildAsync(Job job, string[] by, JobStore store, CancellationToken cancellation)
    {
        using var builder = new ReportBuilder(new() { By = [.. by] });
        var (row, sample) = (-1L, int.MaxValue);
        while (await store.Results.PageAsync(job.Number, row, sample, cancellation) is { Count: > 0 } page)
        {
            foreach (var result in page)
            {
                var (line, error) = GradedLine.Read(JsonElement.Parse(result.Json));
                builder.Add(line ?? throw new InvalidOperationException($"the result of row {result.Row} {error}"));
            }

            (row, sample) = (page[^1].Row, page[^1].Sample);
        }

        return builder.Build();
    }
}
