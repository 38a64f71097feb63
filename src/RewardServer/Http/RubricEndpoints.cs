using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Rubrics.Explaining;
using RewardServer.Grading.Rubrics.Library;
using RewardServer.Jobs.Results;

namespace RewardServer.Http;

/// <summary>Says what this server can grade by.</summary>
public static class RubricEndpoints
{
    /// <summary>Adds <c>GET /v1/rubrics</c>, <c>GET /v1/rubrics/{name}</c> and <c>POST /v1/rubrics/explain</c>.</summary>
    public static void MapRubrics(this IEndpointRouteBuilder routes)
    {
        var rubrics = routes.MapGroup("/v1/rubrics").WithTags("Rubrics");
        rubrics.MapGet("", List)
            .WithName("rubrics")
            .Produces<RubricsResponse>()
            .WithSummary("The rubrics that a request can name, as they could stand inline.");
        rubrics.MapGet("/{name}", Explain)
            .WithName("rubric")
            .Produces<RubricExplanation>()
            .ProducesProblem(StatusCodes.Status404NotFound)
            .WithSummary("A rubric in words.")
            .WithDescription("What each component scores, how the reward is made of it, and between what bounds it lies. "
                + "Plain text where the request accepts text/plain rather than JSON.");
        rubrics.MapPost("/explain", ExplainInlineAsync)
            .WithName("explainRubric")
            .RequireRateLimiting(Admission.Policy)
            .Accepts<RubricDefinition>("application/json")
            .Produces<RubricExplanation>()
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .WithSummary("Checks a rubric, and explains it in words.");
    }

    private static JsonHttpResult<RubricsResponse> List(RubricLibrary library) =>
        TypedResults.Json(new RubricsResponse([.. library.Names.Select(name => library.Find(name)!.Definition)], library.Problems, library.Unavailable), ItemJson.Options);

    private static IResult Explain(string name, RubricLibrary library, HttpContext http) => library.Find(name) is { } rubric
        ? Answer(rubric, http)
        : TypedResults.Problem(
            library.WhyNot(name), statusCode: StatusCodes.Status404NotFound, title: "No such rubric");

    private static async Task<IResult> ExplainInlineAsync(HttpContext http, RubricCompiler compiler)
    {
        var (body, problem) = await RequestBody.ReadAsync<JsonDocument>(http);
        if (body is null)
        {
            return problem!;
        }

        using var json = body;
        var (rubric, errors) = compiler.Compile(json.RootElement.Clone());
        return rubric is null ? Problems.Invalid(errors.Select(error => (error.Path, error.Message))) : Answer(rubric, http);
    }

    private static IResult Answer(Rubric rubric, HttpContext http)
    {
        var identity = RunIdentity.Of(rubric);
        var explanation = RubricExplanation.Of(rubric) with { Hash = identity.RubricHash, Engine = identity.Engine };
        return http.Request.GetTypedHeaders().Accept.Any(type => type.MediaType == "text/plain")
            ? TypedResults.Text(string.Join('\n', [$"{explanation.Name}, version {explanation.Version}", .. explanation.Explanation, ""]))
            : TypedResults.Json(explanation, ItemJson.Options);
    }
}

/// <summary>What <c>GET /v1/rubrics</c> gives.</summary>
/// <param name="Rubrics">The rubrics, in the order of their names.</param>
/// <param name="Problems">Files in the owner's folder that are wrong now.</param>
/// <param name="Unavailable">Built-in rubrics that want what the configuration lacks, such as a judge.</param>
public sealed record RubricsResponse(IReadOnlyList<RubricDefinition> Rubrics, IReadOnlyList<RubricProblem> Problems, IReadOnlyList<RubricProblem> Unavailable);
