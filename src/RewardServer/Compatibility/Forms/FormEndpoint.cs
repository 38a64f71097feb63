using System.Text.Json;
using System.Text.Json.Nodes;
using RewardServer.Compatibility.Programs;
using RewardServer.Compatibility.Samples;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Rubrics.Library;
using RewardServer.Hosting;
using RewardServer.Http;

namespace RewardServer.Compatibility.Forms;

/// <summary>Trainers whose requests have a shape of their own: the configuration names the paths in them (<see cref="FormOptions"/>).</summary>
internal static class FormEndpoint
{
    /// <summary>Adds <c>POST /trainers/NAME</c> for each form.</summary>
    /// <exception cref="StartException">A rubric that the settings name is not there.</exception>
    public static void MapForms(this IEndpointRouteBuilder routes)
    {
        var options = routes.ServiceProvider.GetRequiredService<TrainerOptions>();
        NeedRubrics(options, routes.ServiceProvider.GetRequiredService<RubricLibrary>());
        foreach (var (name, settings) in options.Forms)
        {
            var form = new Form(settings);
            routes.MapPost($"/trainers/{name}", (HttpContext http, TrainerGrading grading, SampleGrading samples, ServerOptions server) => AnswerAsync(name, form, http, grading, samples, server))
                .BehindTrainerGate(form.Deadline / 2, reason => TrainerFaults.Unavailable(reason, settings.FaultStatus))
                .AnsweringFaults(reason => TrainerFaults.Unavailable(reason, settings.FaultStatus))
                .ExcludeFromDescription();
        }
    }

    private static void NeedRubrics(TrainerOptions options, RubricLibrary library)
    {
        var named = options.Rubrics.Select(rubric => ($"Trainers:Rubrics:{rubric.Key}", rubric.Value))
            .Concat(options.Forms.Where(form => form.Value.Rubric is not null).Select(form => ($"Trainers:Forms:{form.Key}:Rubric", form.Value.Rubric!)))
            .Prepend(("Trainers:Rubric", options.Rubric));
        var errors = named.Where(one => library.Find(one.Item2) is null).Select(one => $"{one.Item1}: {library.WhyNot(one.Item2)}").ToList();
        if (errors.Count > 0)
        {
            throw new StartException(errors);
        }
    }

    private static async Task<IResult> AnswerAsync(
        string name, Form form, HttpContext http, TrainerGrading grading, SampleGrading samples, ServerOptions server)
    {
        var (body, problem) = await TrainerBody.ReadAsync<JsonDocument>(http);
        if (body is null)
        {
            return problem!;
        }

        using var document = body;
        var (terms, wrong) = CallTerms.Read(http, grading, name, form.Options.Rubric, form.Options.Kind);
        if (terms is null)
        {
            return wrong!;
        }

        // Cloned, for tasks are kept longer than the document.
        var reading = new FormReading(form, server.MaxItems);
        var read = reading.Read(document.RootElement.Clone());
        if (read.Count > server.MaxItems)
        {
            return Problems.TooLarge($"{form.Options.Response}: more than the {server.MaxItems} of one call; Server:MaxItems sets the limit.");
        }

        if (reading.Errors.Count > 0)
        {
            return Problems.Invalid(reading.Errors);
        }

        if (!form.IsBatch && terms.WhyNotOneByOne() is { } group)
        {
            return group;
        }

        Sample[] batch = [.. read.Select(one => one.Sample)];
        var (graded, unread) = await samples.GradeAsync(http, terms, batch, form.Deadline);
        if ((unread ?? (form.Options.Mask ? null : Unrewarded(graded!, batch, terms, form))) is { } none)
        {
            return none;
        }

        var answer = form.AnswerOf(
            [.. read.Select(one => one.Place)],
            [.. graded!.Select(item => RewardOf(item, terms))],
            [.. graded!.Select(Scores)],
            [.. graded!.Select(item => item.Reason is { } reason ? (JsonNode?)JsonValue.Create(reason) : null)]);
        return TypedResults.Text(answer, "application/json");
    }

    private static IResult? Unrewarded(GradedItem[] graded, Sample[] batch, CallTerms terms, Form form) =>
        TrainerFaults.Unrewarded(graded, batch, terms.Skipped, reason => TrainerFaults.Unavailable(reason, form.Options.FaultStatus));

    private static JsonValue? RewardOf(GradedItem item, CallTerms terms) =>
        (item.Reward ?? (item.Outcome == Outcome.Skipped ? terms.Skipped : null)) is { } reward ? TrainerBody.Number(reward) : null;

    private static JsonObject Scores(GradedItem item) =>
        new JsonObject(item.Components.Select(component => KeyValuePair.Create(component.Name, component.Score is { } score ? (JsonNode?)TrainerBody.Number(score) : null)));
}
