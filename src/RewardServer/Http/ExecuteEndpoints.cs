using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Http;

/// <summary>Runs programs, apart from any grading.</summary>
public static class ExecuteEndpoints
{
    /// <summary>Adds <c>POST /v1/execute</c>.</summary>
    public static void MapExecute(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/execute", ExecuteAsync)
            .WithName("execute")
            .WithTags("Execution")
            .RequireRateLimiting(Admission.Policy)
            .WithSummary("Compiles a program once and runs it in the sandbox, on one input or many.")
            .WithDescription("Answers 200 whatever the program does: each run has its status. 503 only where every run failed by a fault of the server.")
            .Accepts<ExecuteRequest>("application/json")
            .Produces<ExecuteResponse>()
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> ExecuteAsync(HttpContext http, SandboxPool sandbox, OutputBudget budget)
    {
        var (request, problem) = await RequestBody.ReadAsync<ExecuteRequest>(http);
        if (request is null)
        {
            return problem!;
        }

        var language = request.Language ?? "";
        var inputs = request.Stdins.IsDefaultOrEmpty ? [request.Stdin ?? new(default)] : request.Stdins;
        var errors = ExecuteCheck.Errors(request, inputs.Length, budget)
            .Concat(await ExecuteCheck.LanguageErrorsAsync(request, sandbox, http.RequestAborted)).ToList();
        return errors.Count > 0 ? Problems.Invalid(errors)
            : request.Measure is { } measure ? await MeasureAsync(request, measure, language, inputs[0], sandbox, budget, http)
            : await AnswerAsync(request, language, inputs, sandbox, budget, sandbox.RunAsync, http);
    }

    private static async Task<IResult> MeasureAsync(
        ExecuteRequest request, MeasureRequest measure, string language, TextOrBytes input, SandboxPool sandbox, OutputBudget budget, HttpContext http)
    {
        var program = ExecuteCheck.ToRun(request, language, sandbox) with { Stdin = input.Bytes };
        var reference = ExecuteCheck.ToRun(request with { Code = measure.Reference }, measure.ReferenceLanguage ?? language, sandbox) with { Stdin = input.Bytes };
        http.Response.RegisterForDispose(await budget.ReserveAsync(ExecuteCheck.MostKept(request, 1), http.RequestAborted));
        (Measurement? Measurement, RunResult? Failed, bool IsReference) measured;
        try
        {
            measured = await sandbox.MeasureAsync(program, reference, measure.Rounds, http.RequestAborted);
        }
        catch (ArgumentException malformed)
        {
            return Problems.Invalid("files", malformed.Message);
        }

        var (measurement, failed, isReference) = measured;
        var answer = new JsonInPieces();
        return failed switch
        {
            null => TypedResults.Json(new ExecuteResponse(null, [], measurement, sandbox.Noise), ItemJson.Options),
            { Status: RunStatus.SandboxFault } => TypedResults.Problem(failed.Fault, statusCode: StatusCodes.Status503ServiceUnavailable, title: "The sandbox failed; try again"),
            _ when isReference => Problems.Invalid("measure.reference", $"must end well, but ended as {failed.Status}"),
            _ => answer.Answer(
                new ExecuteResponse(
                    failed.Compilation is { } compilation ? ExecutedRun.Of(compilation.Run, answer) : null, failed.Status == RunStatus.CompileError ? [] : [ExecutedRun.Of(failed, answer)]),
                ItemJson.Options),
        };
    }

    internal static async Task<IResult> AnswerAsync(
        ExecuteRequest request,
        string language,
        ImmutableArray<TextOrBytes> inputs,
        SandboxPool sandbox,
        OutputBudget budget,
        Func<RunRequest, CancellationToken, Task<RunResult>> run,
        HttpContext http)
    {
        var program = ExecuteCheck.ToRun(request, language, sandbox);
        var reserved = await budget.ReserveAsync(ExecuteCheck.MostKept(request, inputs.Length), http.RequestAborted);
        http.Response.RegisterForDispose(reserved);
        var results = new RunResult[inputs.Length];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, sandbox.Slots), CancellationToken = http.RequestAborted };
        try
        {
            await Parallel.ForAsync(0, inputs.Length, parallel, async (index, token) =>
                results[index] = await run(program with { Stdin = inputs[index].Bytes }, token));
        }
        catch (ArgumentException malformed)
        {
            // What only the sandbox can know: two files with the same path, or more than its scratch folder holds.
            return Problems.Invalid("files", malformed.Message);
        }

        if (Array.TrueForAll(results, result => result.Status == RunStatus.SandboxFault))
        {
            return TypedResults.Problem(results[0].Fault, statusCode: StatusCodes.Status503ServiceUnavailable, title: "The sandbox failed; try again");
        }

        var answer = new JsonInPieces();
        var response = new ExecuteResponse(
            results[0].Compilation is { } compilation ? ExecutedRun.Of(compilation.Run, answer) : null,
            results[0].Status == RunStatus.CompileError ? [] : [.. results.Select(result => ExecutedRun.Of(result, answer))]);

        // Files and what is no text are written whole.
        if (await budget.ReserveWritingAsync(response.Runs.Sum(run => run.BinaryBytes), http.RequestAborted) is { } writing)
        {
            http.Response.RegisterForDispose(writing);
        }

        return answer.Answer(response, ItemJson.Options);
    }
}
