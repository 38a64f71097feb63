using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Jobs.Reports;
using RewardServer.Jobs.Store;

namespace RewardServer.Http.Jobs;

/// <summary>What a job's results come to.</summary>
internal static class JobReportEndpoint
{
    public static void MapJobReport(this IEndpointRouteBuilder jobs) =>
        jobs.MapGet("/{id}/report", GetAsync)
            .WithName("job-report")
            .RequireRateLimiting(Admission.Policy)
            .Produces<Report>()
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("What a job's results come to, so far where it still runs.");

    private static async Task<IResult> GetAsync(string id, JobStore store, HttpContext http)
    {
        if (await store.FindAsync(id, http.RequestAborted) is not { } job)
        {
            return JobEndpoints.Unknown(id);
        }

        var builder = new ReportBuilder();
        var (row, sample) = (-1L, int.MaxValue);
        while (await store.Results.PageAsync(job.Number, row, sample, http.RequestAborted) is { Count: > 0 } page)
        {
            foreach (var result in page)
            {
                var (line, error) = GradedLine.Read(JsonElement.Parse(result.Json));
                builder.Add(line ?? throw new InvalidOperationException($"the result of row {result.Row} {error}"));
            }

            (row, sample) = (page[^1].Row, page[^1].Sample);
        }

        return TypedResults.Json(builder.Build(), ItemJson.Options);
    }
}
