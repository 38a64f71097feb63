using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using RewardServer.Grading.Completions;

namespace RewardServer.Compatibility.Roll;

/// <summary>ROLL's reward service (roll/pipeline/rlvr/rewards/remote_reward_system_worker.py): submit, and ask until the result is there.</summary>
internal static class RollEndpoints
{
    private const string Protocol = "roll";

    private const int Malformed = 400, Busy = 429;

    // Its client gives up a call after 20 s.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(7), PatienceForRoom = TimeSpan.FromSeconds(8), Look = TimeSpan.FromSeconds(0.25);

    /// <summary>Adds what the endpoints need.</summary>
    public static void AddRoll(this IServiceCollection services)
    {
        services.AddSingleton<RollLabels>();
        services.AddSingleton<RollStore>();
        services.AddSingleton<RollGrading>();
    }

    /// <summary>Adds the endpoints.</summary>
    public static void MapRoll(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/roll/submit", SubmitAsync).ExcludeFromDescription().BehindTrainerGate(Patience, reason => RollAnswers.Refused(Busy, reason));
        // Its client sends the question as the body of a GET, which not everything on the way lets through.
        routes.MapMethods("/roll/result", [HttpMethods.Get, HttpMethods.Post], ResultAsync)
            .ExcludeFromDescription().BehindTrainerGate(Patience, reason => RollAnswers.NotYet(reason));
    }

    private static async Task<IResult> SubmitAsync(
        HttpContext http, TrainerGrading gradings, RollLabels labels, RollStore store, RollGrading grading, TimeProvider time)
    {
        var (rubric, unknown) = gradings.RubricOf(http, Protocol);
        var (skipped, wrong) = SkippedReward.Of(http);
        if (rubric is null || wrong is not null)
        {
            return Refused(unknown ?? wrong!);
        }

        var (submission, problem) = await TrainerBody.ReadAsync<RollSubmission>(http);
        if (submission is null || submission.Error() is not null)
        {
            return submission is null ? Refused(problem!) : RollAnswers.Refused(Malformed, submission.Error()!);
        }

        var (request, isNew) = await TakeAsync(http, submission, skipped, store, time);
        if (request is null)
        {
            return RollAnswers.Refused(Busy, $"{RollStore.MostPending} submissions, or {RollStore.MostBytes >> 20} MiB of them, wait for their rewards");
        }

        if (isNew)
        {
            var (task, error) = labels.Read(submission.RewardInfo, http.Request.Query["kind"].FirstOrDefault());
            if (task is null)
            {
                grading.Skip(request, rubric, error!);
            }
            else
            {
                var item = new Item { Id = request.Id, Prompt = submission.Prompt ?? "", Completion = submission.Response!, Task = task };
                grading.Begin(request, rubric, item, submission.Patience);
            }
        }

        return RollAnswers.Taken(request);
    }

    // What is refused here its client comes with again five times in a few seconds, and then trains on 0: a wait is better.
    private static async Task<(RollRequest? Request, bool IsNew)> TakeAsync(
        HttpContext http, RollSubmission submission, double? skipped, RollStore store, TimeProvider time)
    {
        var (key, bytes) = (KeyOf(http, submission), BytesOf(submission));
        var began = time.GetTimestamp();
        var taken = store.Take(key, bytes, skipped);
        while (taken.Request is null && time.GetElapsedTime(began) < PatienceForRoom)
        {
            await Task.Delay(Look, time, http.RequestAborted);
            taken = store.Take(key, bytes, skipped);
        }

        return taken;
    }

    private static async Task<IResult> ResultAsync(HttpContext http, RollStore store)
    {
        var id = http.Request.Query["reward_request_id"].FirstOrDefault();
        if (id is null)
        {
            var (question, problem) = await TrainerBody.ReadAsync<RollQuestion>(http);
            if (question is null)
            {
                return Refused(problem!);
            }

            id = question.RewardRequestId;
        }

        return id is null ? RollAnswers.Refused(Malformed, "reward_request_id: is required")
            : store.Find(id) is { } request ? RollAnswers.Of(request)
            : RollAnswers.Unknown();
    }

    private static IResult Refused(IResult problem) =>
        RollAnswers.Refused(Malformed, (problem as ValidationProblem)?.ProblemDetails.Detail ?? "the request is malformed");

    private static long BytesOf(RollSubmission submission) =>
        (2L * ((submission.Prompt?.Length ?? 0) + submission.Response!.Length)) + (submission.RewardInfo is { } info ? JsonMarshal.GetRawUtf8Value(info).Length : 0);

    private static string KeyOf(HttpContext http, RollSubmission submission)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in (JsonElement?[])
            [submission.ProjectId, submission.ExperimentId, submission.GlobalStep, submission.DataId, submission.RolloutId, submission.RewardInfo])
        {
            Append(hash, part is { } given ? JsonMarshal.GetRawUtf8Value(given) : default);
        }

        foreach (var text in (string?[])[submission.Prompt, submission.Response, http.Request.QueryString.Value])
        {
            Append(hash, Encoding.UTF8.GetBytes(text ?? ""));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // With its length before it, so that no part can pass for the end of the one before.
    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        hash.AppendData(BitConverter.GetBytes(part.Length));
        hash.AppendData(part);
    }
}
