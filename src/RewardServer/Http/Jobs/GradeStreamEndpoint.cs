using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using RewardServer.Grading.Rubrics.Library;
using RewardServer.Grading.Sets;
using RewardServer.Hosting;
using RewardServer.Jobs.Results;
using RewardServer.Jobs.Rows;
using RewardServer.Jobs.Running;
using RewardServer.Jobs.Store;

namespace RewardServer.Http.Jobs;

/// <summary>Grades rows while they come: lines in, lines out, both ways at once.</summary>
public static class GradeStreamEndpoint
{
    // Who neither sends a row nor can be sent a result for so long is taken to be gone.
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(10);

    // What a stream still gets when the server stops: it can last for ever, and would hold the stop.
    private static readonly TimeSpan Last = TimeSpan.FromSeconds(3);

    /// <summary>Adds <c>POST /v1/grade/stream</c>.</summary>
    public static void MapGradeStream(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/grade/stream", StreamAsync)
            .WithName("grade-stream")
            .WithTags("Grading")
            .RequireRateLimiting(Admission.Policy)
            .AddEndpointFilterFactory(QueryParameters.Check)
            .WithMetadata(new OwnBodyLimit(long.MaxValue, "Server:MaxRequestMb"))
            .WithSummary("Grades rows while they come, and answers each on a line of its own, in their order.")
            .WithDescription("Read while you write: a client that does not read is not read from either. A row that cannot be read is answered as skipped. Where the rubric "
                + "compares, rows of one group that follow one another are answered when the next group begins, or the body ends. A row may have Server:MaxRequestMb.")
            .Accepts<Stream>("application/x-ndjson")
            .Produces(StatusCodes.Status200OK, contentType: "application/x-ndjson")
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<IResult> StreamAsync(
        HttpContext http, string? rubric, string? set, string? map, bool? deduplicate, RubricLibrary library, SetGrader grader, TimeProvider time, ServerOptions options, IHostApplicationLifetime lifetime)
    {
        var (query, problem) = JobQuery.Read(http.Request, rubric, set, map, deduplicate, library);
        if (query is null)
        {
            return problem!;
        }

        if (query.Format is not RowFormat.Jsonl)
        {
            return TypedResults.Problem("Send rows with 'Content-Type: application/x-ndjson'.", statusCode: StatusCodes.Status415UnsupportedMediaType, title: "Not NDJSON");
        }

        // A client may think as long as it likes between two rows.
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        http.Response.ContentType = "application/x-ndjson";
        // Sent at once: a client may wait for it before its first row.
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
        await GradeAsync(http, query, new LocalGrading(query.Rubric, grader, time) { Anew = !query.Settings.Deduplicate }, options.MaxRequestBytes, lifetime.ApplicationStopping);
        return Results.Empty;
    }

    private static async Task GradeAsync(HttpContext http, JobQuery query, LocalGrading grading, long largestRow, CancellationToken stopping)
    {
        using var last = new CancellationTokenSource();
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, last.Token);
        await using var registration = stopping.Register(() => last.CancelAfter(Last));
        try
        {
            var rows = UploadRows.ReadAsync(http.Request.Body, RowFormat.Jsonl, long.MaxValue, (int)largestRow, CheckAsync, idle.Token);
            await new GradingPipeline(grading, query.Samples()) { WindowBytes = largestRow }.RunAsync(TouchedAsync(rows, idle, idle.Token), WriteAsync, idle.Token);
        }
        catch (Exception exception) when (exception is InvalidDataException or OperationCanceledException or IOException or BadHttpRequestException)
        {
            // The answer has begun: only a connection that breaks tells that it is not whole.
            http.Abort();
        }

        Task CheckAsync(bool isPacked)
        {
            query.CheckPacking(isPacked);
            return Task.CompletedTask;
        }

        async Task WriteAsync(IReadOnlyList<ResultLine> lines, CancellationToken cancellation)
        {
            foreach (var line in lines)
            {
                await http.Response.BodyWriter.WriteAsync(line.Json, cancellation);
                await http.Response.BodyWriter.WriteAsync("\n"u8.ToArray(), cancellation);
            }

            await http.Response.BodyWriter.FlushAsync(cancellation);
            idle.CancelAfter(Idle);
        }
    }

    private static async IAsyncEnumerable<Row> TouchedAsync(IAsyncEnumerable<Row> rows, CancellationTokenSource idle, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        idle.CancelAfter(Idle);
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            idle.CancelAfter(Idle);
            yield return row;
        }
    }
}
