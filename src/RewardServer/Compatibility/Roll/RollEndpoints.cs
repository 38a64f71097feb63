using Microsoft.AspNetCore.Http.HttpResults;
using RewardServer.Compatibility.Programs;
using RewardServer.Compatibility.Samples;

namespace RewardServer.Compatibility.Roll;

/// <summary>
/// ROLL's reward service (roll/pipeline/rlvr/rewards/remote_reward_system_worker.py): submit, and ask until the result is there. Neither call stands behind
/// the <see cref="TrainerGate"/>: the store bounds what is taken, and a question is answered from memory.
/// </summary>
internal static class RollEndpoints
{
    private const string Protocol = "roll";

    // Its client gives up a call after 20 s.
    private static readonly TimeSpan PatienceForRoom = TimeSpan.FromSeconds(8), Look = TimeSpan.FromSeconds(0.25);

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
        routes.MapPost(RollRefusals.Submit, SubmitAsync).ExcludeFromDescription().AnsweringFaults(RollAnswers.Stopping);
        // Its client sends the question as the body of a GET, which not everything on the way lets through.
        routes.MapMethods(RollRefusals.Result, [HttpMethods.Get, HttpMethods.Post], ResultAsync)
            .ExcludeFromDescription().AnsweringFaults(reason => RollAnswers.NotYet(reason));
    }

    private static async Task<IResult> SubmitAsync(
        HttpContext http, TrainerGrading gradings, BodyBudget bodies, RollStore store, RollGrading grading, TimeProvider time)
    {
        TrainerGate.Arrive(http, time);
        var (terms, wrong) = CallTerms.Read(http, gradings, Protocol);
        if (terms is null)
        {
            return RollAnswers.Stopping(ReasonOf(wrong!));
        }

        // Held until it is answered: what is taken the store bounds.
        if (await bodies.ReserveAsync(http) is null)
        {
            return RollAnswers.ComeAgain(BodyBudget.Full);
        }

        var (submission, problem) = await TrainerBody.ReadAsync<RollSubmission>(http);
        return submission is null ? RollAnswers.Stopping(ReasonOf(problem!))
            : submission.Error() is { } error ? RollAnswers.Stopping(error)
            : await TakeAsync(http, submission, terms, store, grading, time);
    }

    // What is turned away here its client comes with again five times in a few seconds: a wait is better.
    private static async Task<IResult> TakeAsync(
        HttpContext http, RollSubmission submission, CallTerms terms, RollStore store, RollGrading grading, TimeProvider time)
    {
        var (key, bytes, began) = (RollKey.Of(http, submission), RollKey.BytesOf(submission), time.GetTimestamp());
        while (true)
        {
            var (request, isNew) = store.Take(key, bytes, terms.Skipped);
            if (request is not null)
            {
                if (isNew)
                {
                    grading.Begin(request, submission, terms);
                }

                return RollAnswers.Taken(request);
            }

            if (time.GetElapsedTime(began) >= PatienceForRoom)
            {
                var reason = $"{RollStore.MostPending} submissions, or {RollStore.MostBytes >> 20} MiB of them, wait for their rewards";
                return store.Refuse(key) ? RollAnswers.Stopping(reason) : RollAnswers.ComeAgain(reason);
            }

            await Task.Delay(Look, time, http.RequestAborted);
        }
    }

    private static async Task<IResult> ResultAsync(HttpContext http, RollStore store)
    {
        var id = http.Request.Query["reward_request_id"].FirstOrDefault();
        if (id is null)
        {
            var (question, problem) = await TrainerBody.ReadAsync<RollQuestion>(http);
            if (question is null)
            {
                return RollAnswers.Stopped(ReasonOf(problem!));
            }

            id = question.RewardRequestId;
        }

        return id is null ? RollAnswers.Stopped("reward_request_id: is required")
            : RollAnswers.StoppedBy(id) ?? (store.Find(id) is { } request ? RollAnswers.Of(request) : RollAnswers.Unknown());
    }

    private static string ReasonOf(IResult problem) => (problem as ValidationProblem)?.ProblemDetails.Detail ?? "the request is malformed";
}
