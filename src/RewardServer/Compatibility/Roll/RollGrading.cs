using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;
using RewardServer.Hosting;

namespace RewardServer.Compatibility.Roll;

/// <summary>Works on the submissions that were taken, as many at once as calls are, in the order in which they came.</summary>
/// <param name="store">Is told of each end.</param>
/// <param name="grading">Grades.</param>
/// <param name="options">Has the bound.</param>
/// <param name="time">The clock.</param>
/// <param name="log">Is told of what gets no reward: its client does not say why.</param>
internal sealed class RollGrading(RollStore store, PatientGrading grading, ServerOptions options, TimeProvider time, ILogger<RollGrading> log) : IDisposable
{
    // Its client asks every 2 s, and once more when its time is over.
    private static readonly TimeSpan LastQuestion = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim places = new(options.MaxCalls);
    private readonly CancellationTokenSource stopping = new();

    /// <summary>Begins to work on a submission.</summary>
    /// <param name="request">The submission.</param>
    /// <param name="rubric">The rubric.</param>
    /// <param name="item">What is graded.</param>
    /// <param name="patience">How long its client asks for the result, from now.</param>
    public void Begin(RollRequest request, Rubric rubric, Item item, TimeSpan patience) =>
        _ = Task.Run(() => WorkAsync(request, rubric, item, patience), CancellationToken.None);

    /// <summary>Ends a submission whose task cannot be judged.</summary>
    /// <param name="request">The submission.</param>
    /// <param name="rubric">The rubric.</param>
    /// <param name="reason">Why.</param>
    public void Skip(RollRequest request, Rubric rubric, string reason) => End(request, rubric.Unread(request.Id, reason));

    /// <inheritdoc/>
    public void Dispose()
    {
        stopping.Cancel();
        stopping.Dispose();
    }

    private async Task WorkAsync(RollRequest request, Rubric rubric, Item item, TimeSpan patience)
    {
        var left = patience > 2 * LastQuestion ? patience - LastQuestion : patience / 2;
        using var clock = new CancellationTokenSource(left, time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, stopping.Token);
        GradedItem graded;
        try
        {
            await places.WaitAsync(over.Token);
            try
            {
                graded = await grading.GradeAsync(rubric, item, over.Token);
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
            graded = Failed(request, "a fault of the server; its log tells more");
        }

        End(request, graded);
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
