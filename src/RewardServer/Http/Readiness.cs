using RewardServer.Grading.Completions;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics.Library;
using RewardServer.Grading.Sets;
using RewardServer.Sandboxing;
using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Http;

/// <summary>
/// Grades a canary, whose reward is known, through every part that can fail: the verifier in this process, and the
/// sandbox with each language that can be run. Where candidates hold every slot, the sandbox shows in a fresh slot
/// beside them that it works: a busy server is a ready one. The last answer serves for a second, so that probes are no load.
/// </summary>
/// <param name="library">Where the rubric of the canaries comes from.</param>
/// <param name="grader">What grades them.</param>
/// <param name="sandbox">Whose languages are tried.</param>
/// <param name="options">Which engine was asked for.</param>
/// <param name="time">The clock.</param>
public sealed class Readiness(
    RubricLibrary library, SetGrader grader, SandboxPool sandbox, SandboxOptions options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim gate = new(1);
    private (long At, ReadyResponse Answer)? last;

    /// <summary>Tries every part.</summary>
    public async Task<ReadyResponse> CheckAsync(CancellationToken cancellation)
    {
        await gate.WaitAsync(cancellation);
        try
        {
            if (last is { } known && time.GetElapsedTime(known.At) < Fresh)
            {
                return known.Answer;
            }

            await sandbox.LookAgainAsync("python", cancellation);
            ReadyCheck[] checks = [Engine(), .. await Task.WhenAll(Canaries().Select(canary => TryAsync(canary, cancellation)))];
            var answer = new ReadyResponse(checks.All(check => check.Ok) ? "ready" : "not-ready", checks);
            last = (time.GetTimestamp(), answer);
            return answer;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    // One that was asked for must be there; where any would do, none is a server that skips code, and says so.
    private ReadyCheck Engine() => new("sandbox", sandbox.Engine.Available || options.Engine is "auto" or "none", sandbox.Engine.Reason);

    private IEnumerable<Item> Canaries()
    {
        yield return Canary("math", @"<think>1/2 + 1/3</think><answer>\boxed{\frac{10}{12}}</answer>", new MathTask("5/6"));
        if (sandbox.Languages.Any(language => language is { Name: "python", Available: true }))
        {
            const string Program = "<think>Add.</think><answer>```python\nprint(int(input()) + int(input()))\n```</answer>";
            yield return Canary("python", Program, new CodeTask("python", [new StdioTest("19\n23\n", "42\n")]));
        }
    }

    private static Item Canary(string name, string completion, GradingTask task) =>
        new() { Id = name, Prompt = "canary", Completion = completion, Task = task };

    private async Task<ReadyCheck> TryAsync(Item canary, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            // What was found a moment ago says nothing of now.
            var graded = await grader.GradeAsync(library.Find("r1-zero")!, canary with { Anew = true }, patience.Token);
            return graded is { Outcome: Outcome.Scored, Reward: 2 }
                ? new(canary.Id, true, null)
                : new(canary.Id, false, graded.Reason ?? string.Join("; ", graded.Components.Select(component => component.Reason)));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return await ProbeAsync(canary.Id, cancellation);
        }
    }

    private async Task<ReadyCheck> ProbeAsync(string name, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(ProbePatience);
        try
        {
            var fault = await sandbox.ProbeAsync(name, patience.Token);
            return new(name, fault is null, fault ?? "every slot is taken; a fresh one beside them works");
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new(name, false, $"no slot was free, and a fresh one did not answer within {ProbePatience.TotalSeconds} s");
        }
    }
}

/// <summary>What <c>GET /readyz</c> gives.</summary>
/// <param name="Status">"ready" or "not-ready".</param>
/// <param name="Checks">Each part that was tried.</param>
public sealed record ReadyResponse(string Status, IReadOnlyList<ReadyCheck> Checks);

/// <summary>One part that was tried.</summary>
/// <param name="Name">"sandbox", "math", or a language.</param>
/// <param name="Ok">Whether its canary earned what it should.</param>
/// <param name="Reason">What went wrong, or is worth knowing; null where there is nothing to say.</param>
public sealed record ReadyCheck(string Name, bool Ok, string? Reason);
