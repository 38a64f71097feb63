using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using RewardServer.Compatibility.Samples;
using RewardServer.Compatibility.Tasks;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;
using RewardServer.Http;

namespace RewardServer.Compatibility.NemoGym;

/// <summary>Grades a rollout of NeMo-Gym's: <c>POST /verify</c>.</summary>
/// <param name="gate">Bounds how many are graded at once.</param>
/// <param name="bodies">Bounds what those hold that wait for it.</param>
/// <param name="gradings">Has the rubrics.</param>
/// <param name="grading">Grades.</param>
/// <param name="tasks">Reads tasks.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Is told of faults of ours.</param>
internal sealed class GymVerification(
    TrainerGate gate, BodyBudget bodies, TrainerGrading gradings, PatientGrading grading, GymTasks tasks, TimeProvider time, ILogger<GymVerification> log)
{
    /// <summary>The protocol's name in the settings.</summary>
    public const string Protocol = "nemo-gym";

    private const string Parameters = "responses_create_params", Response = "response";
    private static readonly string[] Objects = [Parameters, Response];
    private static readonly string[] Indices = ["_ng_task_index", "_ng_rollout_index", "_rowidx"];

    /// <summary>Grades the rollout of a call.</summary>
    /// <param name="http">The call.</param>
    public async Task<IResult> AnswerAsync(HttpContext http)
    {
        TrainerGate.Arrive(http, time);
        GymSession.Carry(http);
        var (terms, wrong) = CallTerms.Read(http, gradings, Protocol);
        if (terms is null)
        {
            return wrong!;
        }

        if (await bodies.ReserveAsync(http) is not { } held)
        {
            return GymAnswer.Unavailable(BodyBudget.Full);
        }

        var (row, problem) = await TrainerBody.ReadAsync<Dictionary<string, JsonElement>>(http);
        if (row is null)
        {
            return problem!;
        }

        var errors = ErrorsOf(row).ToList();
        if (errors.Count > 0)
        {
            return Problems.Invalid(errors);
        }

        var caller = GymCallers.Of(row);
        var item = await gate.PassAsync(
            http, typeof(GymVerification).Namespace!, async () => await GradeAsync(http, held, row, terms, caller), caller.Patience(), reason => Failed(row, reason), caller.OutlastsQueue());
        return new GymAnswer(row, caller).Of(terms.Rubric, item, terms.Skipped);
    }

    private async Task<GradedItem> GradeAsync(HttpContext http, IDisposable held, Dictionary<string, JsonElement> row, CallTerms terms, GymCaller caller)
    {
        held.Dispose();
        try
        {
            using var deadline = new Deadline(http, caller.Patience(), time);
            var (task, error) = tasks.Read(row, terms.Kind);
            return task is null
                ? terms.Rubric.Unread(IdOf(row), error!.Value.Path.Length == 0 ? $"the row {error.Value.Message}" : $"{error.Value.Path}: {error.Value.Message}")
                : await grading.GradeAsync(terms.Rubric, ItemOf(terms.Rubric, row, task), deadline.Token);
        }
        catch (Exception bug) when (!http.RequestAborted.IsCancellationRequested)
        {
            // A collection is answered with a row, whatever fails: an error would end it.
            log.LogError(bug, "A fault of the server while grading a rollout of NeMo-Gym");
            return Failed(row, bug is TaskStoreException ? bug.Message : "a fault of the server; its log tells more");
        }
    }

    private static GradedItem Failed(Dictionary<string, JsonElement> row, string reason) => new(IdOf(row), Outcome.Failed, null, reason, []);

    private static IEnumerable<(string Path, string Message)> ErrorsOf(Dictionary<string, JsonElement> row)
    {
        foreach (var (name, value) in row)
        {
            if (!Utf8.IsValid(JsonMarshal.GetRawUtf8Value(value)))
            {
                yield return (name, "is not UTF-8");
            }
        }

        foreach (var member in Objects)
        {
            if (!row.TryGetValue(member, out var value) || value.ValueKind != JsonValueKind.Object)
            {
                yield return (member, row.ContainsKey(member) ? "must be an object" : "is required");
            }
            else if (member == Response && !(value.TryGetProperty("output", out var output) && output.ValueKind == JsonValueKind.Array))
            {
                yield return ("response.output", "must be an array");
            }
        }
    }

    private static Item ItemOf(Rubric rubric, Dictionary<string, JsonElement> row, GradingTask task)
    {
        var (prompt, response, tags) = (GymTexts.PromptOf(row[Parameters]), row[Response], rubric.Definition.Tags);
        return new()
        {
            Id = IdOf(row),
            Prompt = prompt,
            Completion = GymTexts.CompletionOf(response, tags, tags.OpenedBy(prompt.End)),
            CompletionTokens = TokensOf(response),
            Truncated = GymTexts.WasCutOff(response),
            Task = task,
        };
    }

    private static int? TokensOf(JsonElement response) =>
        response.TryGetProperty("usage", out var usage) && usage.ValueKind == JsonValueKind.Object
        && usage.TryGetProperty("output_tokens", out var tokens) && tokens.ValueKind == JsonValueKind.Number
        && tokens.TryGetInt32(out var count) && count >= 0 ? count : null;

    // For the log of a fault of ours.
    private static string IdOf(Dictionary<string, JsonElement> row) =>
        string.Join('-', Indices.Where(row.ContainsKey).Select(member => row[member].GetRawText())) is { Length: > 0 and < 100 } id ? id : "rollout";
}
