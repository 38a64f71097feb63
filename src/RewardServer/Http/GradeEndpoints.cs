using Microsoft.AspNetCore.Http.HttpResults;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Rubrics.Library;
using RewardServer.Grading.Sets;
using RewardServer.Hosting;

namespace RewardServer.Http;

/// <summary>Grades items sent in one call.</summary>
public static class GradeEndpoints
{
    /// <summary>Adds <c>POST /v1/grade</c>.</summary>
    public static void MapGrade(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/v1/grade", GradeAsync)
            .WithName("grade")
            .WithTags("Grading")
            .RequireRateLimiting(Admission.Policy)
            .WithSummary("Grades completions by a rubric.")
            .WithDescription("One item or many. Answers in the order of the items, each with its own outcome; "
                + "503 only where every item failed by a fault of the server.")
            .Accepts<GradeRequest>("application/json")
            .Produces<GradeResponse>()
            .ProducesValidationProblem()
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status429TooManyRequests)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> GradeAsync(
        HttpContext http, RubricLibrary library, RubricCompiler compiler, SetGrader grader, ServerOptions options)
    {
        var (request, problem) = await RequestBody.ReadAsync<GradeRequest>(http);
        if (request is null)
        {
            return problem!;
        }

        if (request.Items.Length > options.MaxItems)
        {
            return Problems.TooLarge($"items: {request.Items.Length} items are more than the {options.MaxItems} of one call; Server:MaxItems sets the limit.");
        }

        var (rubric, errors) = RubricOf(request.Rubric, library, compiler);
        var all = errors.Concat(ItemErrors(request));
        if (rubric is null || all.Any())
        {
            return Problems.Invalid(all);
        }

        var items = request.Deduplicate ? request.Items : [.. request.Items.Select(item => item with { Anew = true })];
        var graded = await grader.GradeAsync(rubric, items, http.RequestAborted);
        return Array.TrueForAll(graded, item => item.Outcome == Outcome.Failed)
            ? Unavailable(graded)
            : TypedResults.Json(new GradeResponse(NameOf(request.Rubric, rubric.Definition), graded), ItemJson.Options);
    }

    private static (Rubric? Rubric, IReadOnlyList<(string Path, string Message)> Errors) RubricOf(
        RubricReference reference, RubricLibrary library, RubricCompiler compiler)
    {
        if (reference.Name is { } name)
        {
            return library.Find(name) is { } known
                ? (known, [])
                : (null, [("rubric", library.WhyNot(name))]);
        }

        var (rubric, errors) = compiler.Compile(reference.Inline!.Value);
        return (rubric, [.. errors.Select(error => (Path: error.Path.Length == 0 ? "rubric" : $"rubric.{error.Path}", error.Message))]);
    }

    // One that stands in the request may be called like one of the server's, and is not it.
    private static string NameOf(RubricReference reference, RubricDefinition rubric) =>
        (reference.Name is null ? rubric.Name == "inline" ? "" : "inline:" : "") + $"{rubric.Name}@{rubric.Version}";

    private static IEnumerable<(string Path, string Message)> ItemErrors(GradeRequest request) =>
        request.Items.IsEmpty
            ? [("items", "must hold at least one item")]
            : request.Items.SelectMany((item, i) => item is null
                ? [($"items[{i}]", "must not be null")]
                : item.Errors().Select(error => ($"items[{i}].{error.Member}", error.Error)));

    private static ProblemHttpResult Unavailable(GradedItem[] graded)
    {
        var problem = TypedResults.Problem(
            graded[0].Reason, statusCode: StatusCodes.Status503ServiceUnavailable, title: "Nothing could be graded; try again");
        problem.ProblemDetails.Extensions["items"] = graded;
        return problem;
    }
}
