using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Rubrics.Library;
using RewardServer.Grading.Sets;
using RewardServer.Http;

namespace RewardServer.Compatibility;

/// <summary>What all trainers' calls that ask for rewards share: the rubric, and grading under a deadline.</summary>
/// <param name="library">The server's rubrics.</param>
/// <param name="grader">Grades.</param>
/// <param name="options">The settings.</param>
/// <param name="time">The clock.</param>
internal sealed class TrainerGrading(RubricLibrary library, SetGrader grader, TrainerOptions options, TimeProvider time)
{
    /// <summary>The rubric that a call asks for: <c>?rubric=NAME</c>, else the protocol's.</summary>
    /// <param name="http">The call.</param>
    /// <param name="protocol">The protocol's name in <see cref="TrainerOptions.Rubrics"/>.</param>
    /// <param name="own">The rubric where the call asks for none; null for the protocol's.</param>
    /// <returns>The rubric, or the problem to answer with.</returns>
    public (Rubric? Rubric, IResult? Problem) RubricOf(HttpContext http, string protocol, string? own = null)
    {
        var name = http.Request.Query["rubric"].FirstOrDefault() ?? own ?? options.RubricOf(protocol);
        return library.Find(name) is { } rubric ? (rubric, null) : (null, Problems.Invalid("rubric", library.WhyNot(name)));
    }

    /// <summary>Grades items. What the deadline cuts off is <see cref="Outcome.Failed"/>, a fault of ours.</summary>
    /// <param name="http">The call.</param>
    /// <param name="rubric">The rubric.</param>
    /// <param name="items">The items.</param>
    /// <param name="after">How long it may take.</param>
    /// <exception cref="OperationCanceledException">The client is gone.</exception>
    public async Task<GradedItem[]> GradeAsync(HttpContext http, Rubric rubric, IReadOnlyList<Item> items, TimeSpan after)
    {
        using var deadline = new Deadline(http, after, time);
        try
        {
            return await grader.GradeAsync(rubric, items, deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            return [.. items.Select(item => new GradedItem(
                item.Id, Outcome.Failed, null, $"not graded within the {deadline.Seconds:0.#} s that its client waits; the server is busy, or a judge is slow", []))];
        }
    }
}
