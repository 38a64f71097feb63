using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Sets;
using RewardServer.Jobs.Running;
using RewardServer.Jobs.Sets;
using RewardServer.Jobs.Store;

namespace RewardServer.Jobs.Dispatch;

/// <summary>Grades the jobs of a store, the oldest first, and goes on with those whose server is gone.</summary>
/// <param name="store">The jobs.</param>
/// <param name="compiler">Compiles their rubrics.</param>
/// <param name="grader">Grades.</param>
/// <param name="parallel">How many jobs are graded at once.</param>
/// <param name="retention">How long a job stays after its end; null for ever.</param>
/// <param name="time">The clock.</param>
/// <param name="onFault">Told of faults, with what was done.</param>
public sealed class JobDispatch(
    JobStore store, RubricCompiler compiler, SetGrader grader, int parallel, TimeSpan? retention, TimeProvider time, Action<string, Exception> onFault)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan SweepPause = TimeSpan.FromSeconds(30);

    private readonly StorePatience patience = new(time);
    private readonly SetAside aside = new(time);

    /// <summary>What hinders a job that this server grades; null where nothing does.</summary>
    public string? FaultOf(Job job) => patience.FaultOf(job.Number) ?? aside.FaultOf(job);

    /// <summary>Runs until it is told to stop; then jobs under way are given back, with the results that they have.</summary>
    /// <param name="stopping">The server stops: jobs are given back.</param>
    /// <param name="stopped">Nothing is received any more: until then uploads are held.</param>
    public Task RunAsync(CancellationToken stopping, CancellationToken stopped) => Task.WhenAll(
        ClaimAllAsync(stopping),
        RepeatAsync("renewing leases", store.Leases.Length / 4, store.Leases.RenewAsync, stopped),
        RepeatAsync("removing old jobs", TimeSpan.FromTicks(Math.Min(SweepPause.Ticks, store.Leases.Length.Ticks)), token => store.Removal.SweepAsync(retention, token), stopping));

    private async Task ClaimAllAsync(CancellationToken stopping)
    {
        var running = new List<Task>();
        await RepeatAsync(
            "claiming a job",
            Pause,
            async token =>
            {
                running.RemoveAll(run => run.IsCompleted);
                while (running.Count < parallel && await store.Runs.ClaimAsync(aside.Numbers(), token).ConfigureAwait(false) is { } job)
                {
                    var lease = store.Leases.Hold(job.Number, job.Attempt);
                    running.Add(Task.Run(() => RunAsync(job, lease, stopping), CancellationToken.None));
                }
            },
            stopping).ConfigureAwait(false);
        await Task.WhenAll(running).ConfigureAwait(false);
    }

    // Never throws: whatever a job comes to, it is written down or given back.
    private async Task RunAsync(Job job, JobLeases.Lease claimed, CancellationToken stopping)
    {
        using var lease = claimed;
        try
        {
            await new JobRun(job, GradingOf(job), SamplesOf(job), store, patience, time).RunAsync(stopping, lease.Lost).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is JobLostException || lease.Lost.IsCancellationRequested)
        {
            // It was cancelled, or another server has it: nothing of it is ours to write.
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            await ReleaseAsync(job, null).ConfigureAwait(false);
        }
        catch (InvalidDataException exception)
        {
            // Of its rows, which are the same for every server.
            await BreakAsync(job, exception.Message, stopping).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Of this server, or of today: the job waits for another, or for better days, and shows it.
            onFault($"grading job {job.Id}", exception);
            aside.Add(job, exception.Message);
            await ReleaseAsync(job, exception.Message).ConfigureAwait(false);
        }
    }

    private LocalGrading GradingOf(Job job)
    {
        var (rubric, errors) = compiler.Compile(JsonElement.Parse(job.Definition));
        return rubric is null
            ? throw new NotSupportedException($"the rubric cannot be used on this server: {string.Join("; ", errors.Select(error => $"{error.Path} {error.Message}".Trim()))}")
            : new(rubric, grader, time) { Anew = !job.Settings.Deduplicate };
    }

    private static SampleReader SamplesOf(Job job) => job.Settings.Set is { } set
        ? new(DataSets.Find(set) ?? throw new NotSupportedException($"the set '{set}' is not known on this server"), job.Settings.Map.ToImmutableDictionary())
        : new(null, job.Settings.Map.ToImmutableDictionary());

    private async Task BreakAsync(Job job, string fault, CancellationToken stopping)
    {
        try
        {
            await patience.AskAsync(
                job.Number, async token => { await store.Runs.EndAsync(job, JobState.Broken, fault, token).ConfigureAwait(false); return true; }, stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The server stops: whoever claims it next finds the same fault.
        }
    }

    private async Task ReleaseAsync(Job job, string? fault)
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(2), time);
        try
        {
            await store.Runs.ReleaseAsync(job, fault, soon.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is JobStoreException or OperationCanceledException)
        {
            onFault($"giving back job {job.Id}, whose lease now ends by itself", exception);
        }
    }

    private async Task RepeatAsync(string what, TimeSpan pause, Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        var isWell = true;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await work(stopping).ConfigureAwait(false);
                isWell = true;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Told once, and tried again for as long as it takes: a bug of ours must not end the server either.
                if (isWell)
                {
                    onFault(what, exception);
                }

                isWell = false;
            }

            await Task.Delay(pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
