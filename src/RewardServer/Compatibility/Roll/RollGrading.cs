using RewardServer.Compatibility.Samples;
using RewardServer.Compatibility.Tasks;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;
using RewardServer.Hosting;

namespace RewardServer.Compatibility.Roll;

/// <summary>Works on the submissions that were taken, as many at once as calls are, in the order in which they came.</summary>
/// <param name="store">Is told of each end.</param>
/// <param name="labels">Reads labels.</param>
/// <param name="grading">Grades.</param>
/// <param name="options">Has the bound.</param>
/// <param name="trainers">Says for how long a fault of ours is tried again.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Is told of what gets no reward: its client does not say why.</param>
internal sealed class RollGrading(
    RollStore store, RollLabels labels, PatientGrading grading, ServerOptions options, TrainerOptions trainers, TimeProvider time, ILogger<RollGrading> log) : IDisposable
{
    // Its client asks every 2 s, and once more when its time is over.
    private static readonly TimeSpan LastQuestion = TimeSpan.FromSeconds(5), Pause = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim places = new(options.MaxCalls);
    private readonly CancellationTokenSource stopping = new();

    /// <summary>Begins to work on a submission. Whatever happens, it gets an end.</summary>
    /// <param name="request">What was taken.</param>
    /// <param name="submission">What it says.</param>
    /// <param name="terms">What the URL says.</param>
    public void Begin(RollRequest request, RollSubmission submission, CallTerms terms) =>
        _ = Task.Run(() => WorkAsync(request, submission, terms), CancellationToken.None);

    /// <inheritdoc/>
    public void Dispose()
    {
        stopping.Cancel();
        stopping.Dispose();
    }

    private async Task WorkAsync(RollRequest request, RollSubmission submission, CallTerms terms)
    {
        var patience = submission.Patience;
        var left = patience > 2 * LastQuestion ? patience - LastQuestion : patience / 2;
        using var clock = new CancellationTokenSource(left, time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, stopping.Token);
        GradedItem graded;
        try
        {
            await places.WaitAsync(over.Token);
            try
            {
                graded = await GradeAsync(request, submission, terms, over.Token);
            }
            finally
            {
                places.Release();
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            graded = Failed(
                request, $"{options.MaxCalls} submissions are worked on, and this one found no place within {left.TotalSeconds:0.#} s; Server:MaxCalls sets the limit");
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            // A bug of ours: nobody waits for this task, so it is told here, and to the client as a failure.
            log.LogError(exception, "A fault of the server while grading a submission of ROLL");
            graded = Failed(request, exception is TaskStoreException ? exception.Message : "a fault of the server; its log tells more");
        }

        End(request, graded);
    }

    private async Task<GradedItem> GradeAsync(RollRequest request, RollSubmission submission, CallTerms terms, CancellationToken over)
    {
        for (var began = time.GetTimestamp(); ;)
        {
            try
            {
                var (task, error) = labels.Read(submission.RewardInfo, terms.Kind);
                return task is null ? terms.Rubric.Unread(request.Id, error!) : await grading.GradeAsync(
                    terms.Rubric, new() { Id = request.Id, Prompt = submission.Prompt ?? "", Completion = submission.Response!, Task = task }, over);
            }
            catch (TaskStoreException) when (time.GetElapsedTime(began).TotalSeconds < trainers.PatienceSeconds && !over.IsCancellationRequested)
            {
                // Another program may hold the file of tasks for a while.
                await Task.WhenAny(Task.Delay(Pause, time, over));
            }
        }
    }

    private void End(RollRequest request, GradedItem graded)
    {
        // Details of tests may be large, and nobody asks for them here.
        request.EndWith(graded with { Components = [.. graded.Components.Select(component => component with { Details = null })] }, time.GetUtcNow());
        store.Ended(request);
        if (graded.Outcome != Outcome.Scored)
        {
            log.LogWarning("A submission of ROLL is {Outcome}: {Reason}", graded.Outcome, graded.Reason);
        }
    }

    private static GradedItem Failed(RollRequest request, string reason) => new(request.Id, Outcome.Failed, null, reason, []);
}
