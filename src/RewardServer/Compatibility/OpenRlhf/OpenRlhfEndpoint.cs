using RewardServer.Compatibility.Programs;
using RewardServer.Compatibility.Samples;
using RewardServer.Grading.Graders;
using RewardServer.Hosting;
using RewardServer.Http;

namespace RewardServer.Compatibility.OpenRlhf;

/// <summary>
/// OpenRLHF's remote reward (<c>--reward.remote_url URL</c>; openrlhf/utils/agent.py). Its client waits 180 s, tries five times, one
/// second apart, and cannot mask: without a reward its batch is lost.
/// </summary>
internal static class OpenRlhfEndpoint
{
    /// <summary>The protocol's name in <see cref="TrainerOptions.Rubrics"/>.</summary>
    public const string Name = "openrlhf";

    // Of its five tries, each is held so long.
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(160);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    /// <summary>Adds <c>POST /get_reward</c>.</summary>
    public static void MapOpenRlhf(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/get_reward", RewardAsync).BehindTrainerGate(Patience, TrainerFaults.Unavailable).AnsweringFaults(TrainerFaults.Unavailable).ExcludeFromDescription();

    private static async Task<IResult> RewardAsync(
        HttpContext http, TrainerGrading grading, SampleGrading samples, TrainerOptions options, ServerOptions server)
    {
        var (request, problem) = await TrainerBody.ReadAsync<OpenRlhfRequest>(http);
        if (request is null)
        {
            return problem!;
        }

        var (terms, wrong) = CallTerms.Read(http, grading, Name);
        if (terms is null)
        {
            return wrong!;
        }

        var (score, noScore) = FilterScore.Of(terms.Rubric, http.Request.Query["score"].FirstOrDefault());
        if (score is null)
        {
            return Problems.Invalid("score", noScore!);
        }

        var (batch, lost, errors) = request.Read();
        return errors.Count > 0 ? Problems.Invalid(errors)
            : batch.Count > server.MaxItems ? Problems.TooLarge($"query: {batch.Count} are more than the {server.MaxItems} of one call; Server:MaxItems sets the limit.")
            : batch.Count == 1 && terms.WhyNotOneByOne() is { } group ? group
            : await AnswerAsync(http, terms, score, batch, lost, samples, options.PatienceSeconds < Retry.TotalSeconds ? TimeSpan.FromSeconds(options.PatienceSeconds) : Retry);
    }

    // Of several URLs all but one get nothing to grade, and their answers must be well-formed.
    private static async Task<IResult> AnswerAsync(
        HttpContext http, CallTerms terms, FilterScore score, IReadOnlyList<Sample> batch, IReadOnlySet<int> lost, SampleGrading samples, TimeSpan retry)
    {
        var (graded, problem) = await samples.GradeAsync(http, terms, batch, Deadline, retry);
        foreach (var i in lost.Where(_ => graded is not null))
        {
            // What was graded in its place says nothing.
            graded![i] = graded[i] with
            {
                Outcome = Outcome.Skipped,
                Reason = OpenRlhfRequest.PromptIsLost,
                Reward = null,
                Components = [.. graded[i].Components.Select(component => component with { Score = null, Signals = [] })],
            };
        }

        if ((problem ?? TrainerFaults.Unrewarded(graded!, batch, terms.Skipped, TrainerFaults.Unavailable)) is { } none)
        {
            return none;
        }

        double[] rewards = [.. graded!.Select(terms.RewardOf)];
        return TrainerBody.Json(new OpenRlhfAnswer(rewards, [.. graded!.Select((item, i) => score.For(item, rewards[i]))], ExtraLogs.Of(graded!)));
    }
}

/// <summary>What OpenRLHF reads.</summary>
/// <param name="Rewards">What is learned from.</param>
/// <param name="Scores">From 0 to 1, for dynamic filtering.</param>
/// <param name="ExtraLogs">Lists that are logged, by their names.</param>
internal sealed record OpenRlhfAnswer(double[] Rewards, double[] Scores, Dictionary<string, double[]> ExtraLogs);
