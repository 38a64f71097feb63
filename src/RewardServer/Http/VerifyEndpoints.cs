using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders.Maths;
using RewardServer.Hosting;

namespace RewardServer.Http;

/// <summary>Compares mathematical answers, apart from any rubric.</summary>
public static class VerifyEndpoints
{
    /// <summary>Adds <c>POST /v1/verify/math</c>.</summary>
    public static void MapVerify(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/verify/math", VerifyAsync)
            .WithName("verify-math")
            .WithTags("Grading")
            .RequireRateLimiting(Admission.Policy)
            .WithSummary("Compares predicted answers with gold ones as mathematics.")
            .WithDescription("Each text is a bare answer, an answer in a maths environment, or a whole response to extract one from. "
                + "equal is null where the gold cannot be judged against.")
            .Accepts<VerifyRequest>("application/json")
            .Produces<VerifyResponse>()
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<IResult> VerifyAsync(HttpContext http, ServerOptions options)
    {
        var (request, problem) = await RequestBody.ReadAsync<VerifyRequest>(http);
        if (request is null)
        {
            return problem!;
        }

        if (request.Pairs.Length > options.MaxItems)
        {
            return Problems.TooLarge($"pairs: {request.Pairs.Length} pairs are more than the {options.MaxItems} of one call; Server:MaxItems sets the limit.");
        }

        var errors = Errors(request);
        return errors.Any()
            ? Problems.Invalid(errors)
            : TypedResults.Json(new VerifyResponse(Verify(request, http.RequestAborted)), ItemJson.Options);
    }

    private static IEnumerable<(string, string)> Errors(VerifyRequest request) =>
        request.Pairs.IsEmpty
            ? [("pairs", "must hold at least one pair")]
            : request.Options.Errors().Select(error => ($"options.{error.Member}", error.Error)).Concat(
                request.Pairs.Select((pair, i) => (Pair: pair, Index: i)).Where(entry => entry.Pair is null)
                    .Select(entry => ($"pairs[{entry.Index}]", "must not be null")));

    private static VerifyResult[] Verify(VerifyRequest request, CancellationToken cancellation)
    {
        var results = new VerifyResult[request.Pairs.Length];
        var (options, places) = (request.Options.ToMathOptions(), request.Options.ToPlaces());
        Parallel.For(0, results.Length, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
            results[i] = VerifyResult.Of(request.Pairs[i], TextPair.Verify(request.Pairs[i].Gold, request.Pairs[i].Prediction, options, places)));
        return results;
    }
}
