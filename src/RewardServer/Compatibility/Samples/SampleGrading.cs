using System.Globalization;
using System.Text.Json;
using RewardServer.Compatibility.Labels;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Sets.Tests;
using RewardServer.Http;

namespace RewardServer.Compatibility.Samples;

/// <summary>Grades samples: makes tasks of their labels, and grades them under a deadline.</summary>
/// <param name="grading">Grades.</param>
/// <param name="labels">Reads labels.</param>
/// <param name="lifetime">Says when the server stops: nothing is tried again then, for its clients shall find the next one.</param>
/// <param name="time">The clock.</param>
internal sealed class SampleGrading(TrainerGrading grading, LabelReading labels, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>Grades samples.</summary>
    /// <param name="http">The call.</param>
    /// <param name="terms">What its URL says.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="after">How long it may take.</param>
    /// <param name="retry">How long after the call came a fault of ours is still tried again.</param>
    /// <returns>What each earned, in their order; or 400, where a label cannot be read.</returns>
    /// <exception cref="Tasks.TaskStoreException">A label names a task, and the tasks cannot be read.</exception>
    public async Task<(GradedItem[]? Graded, IResult? Problem)> GradeAsync(
        HttpContext http, CallTerms terms, IReadOnlyList<Sample> samples, TimeSpan after, TimeSpan retry = default)
    {
        var (items, errors) = (new List<Item>(samples.Count), new List<(string, string)>());
        foreach (var (i, sample) in samples.Index())
        {
            var (task, error) = Read(sample.Label, terms.Kind);
            if (error is var (path, message))
            {
                errors.Add((JsonPaths.Below(sample.LabelPath, path), message));
            }
            else
            {
                items.Add(new()
                {
                    Id = i.ToString(CultureInfo.InvariantCulture), Prompt = sample.Prompt, Completion = sample.Response, Task = task!,
                });
            }
        }

        return errors.Count > 0 ? (null, Problems.Invalid(errors)) : (await GradeAsync(http, terms.Rubric, items, after, retry), null);
    }

    private (GradingTask? Task, (string Path, string Message)? Error) Read(JsonElement? label, string? kind)
    {
        try
        {
            return labels.Read(label, kind);
        }
        catch (InvalidOperationException)
        {
            return (null, ("", "holds half of a character"));
        }
    }

    private async Task<GradedItem[]> GradeAsync(HttpContext http, Rubric rubric, List<Item> items, TimeSpan after, TimeSpan retry)
    {
        using var pausing = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        for (var pause = FirstPause; ; pause *= 2)
        {
            var graded = await grading.GradeAsync(http, rubric, items, after);
            var passed = time.GetElapsedTime(TrainerGate.ArrivalOf(http, time));
            if (passed + pause > retry || !Array.Exists(graded, item => item.Outcome == Outcome.Failed))
            {
                return graded;
            }

            try
            {
                await Task.Delay(pause, time, pausing.Token);
            }
            catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
            {
                return graded;
            }
        }
    }
}
