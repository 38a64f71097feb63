using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Sets;

namespace RewardServer.Compatibility;

/// <summary>
/// Grades an item again while a fault of ours fails it, as long as its client waits: an outage of seconds then costs time, and neither
/// a rollout nor a try of the client's.
/// </summary>
/// <param name="grader">Grades.</param>
/// <param name="options">Says for how long.</param>
/// <param name="lifetime">Says when the server stops: nothing is tried again then, for its clients shall find the next one.</param>
/// <param name="time">The clock.</param>
internal sealed class PatientGrading(SetGrader grader, TrainerOptions options, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);

    /// <summary>Grades an item, as a group of its own.</summary>
    /// <param name="rubric">The rubric.</param>
    /// <param name="item">The item.</param>
    /// <param name="over">Ends the tries.</param>
    /// <returns>What it earned; failed only where every try failed.</returns>
    public async Task<GradedItem> GradeAsync(Rubric rubric, Item item, CancellationToken over)
    {
        using var pausing = CancellationTokenSource.CreateLinkedTokenSource(over, lifetime.ApplicationStopping);
        var began = time.GetTimestamp();
        var last = new GradedItem(item.Id, Outcome.Failed, null, "not graded while its client waits; the server is busy, or a judge is slow", []);
        try
        {
            for (var pause = TimeSpan.FromSeconds(0.5); ; pause = pause < LongestPause / 2 ? pause * 2 : LongestPause)
            {
                last = await grader.GradeAsync(rubric, item, over);
                if (last.Outcome != Outcome.Failed || time.GetElapsedTime(began).TotalSeconds >= options.PatienceSeconds)
                {
                    return last;
                }

                await Task.Delay(pause, time, pausing.Token);
            }
        }
        catch (OperationCanceledException) when (pausing.IsCancellationRequested)
        {
            return last;
        }
    }
}
