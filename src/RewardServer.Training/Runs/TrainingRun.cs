using System.Diagnostics;
using RewardServer.Training.Checkpoints;
using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;
using RewardServer.Training.Reporting.Html;
using RewardServer.Training.Rewards;
using RewardServer.Training.Rollouts;
using RewardServer.Training.Tokens;

namespace RewardServer.Training.Runs;

/// <summary>
/// A run from its recipe to its last checkpoint: a policy, pretrained where the recipe says so, then reinforced, measured on the way, and kept so
/// that it can go on after it was broken off.
/// </summary>
public sealed class TrainingRun : IDisposable
{
    private readonly Recipe recipe;
    private readonly RunOptions options;
    private readonly IRewards rewards;
    private readonly ITrainingObserver observer;
    private readonly ProblemMix problems;
    private readonly ProblemMix read;
    private readonly PromptTemplate template;
    private readonly ISavedTokenizer tokenizer;
    private readonly Policy policy;
    private readonly Replicas replicas;
    private readonly RunMemory memory;
    private readonly RunFolder folder;
    private readonly RunCheckpoints checkpoints;
    private readonly RunState? resumed;
    private readonly HeldOut heldOut;
    private readonly TokenSequence[] examples;
    private readonly PreferencePair[] pairs;
    private readonly List<StepMetrics> steps = [];
    private readonly long started = Stopwatch.GetTimestamp();

    // Seconds of earlier parts of the run, or of the base model's pretraining by another.
    private double before;

    /// <summary>Prepares a run: its problems, its policy, and where it goes on.</summary>
    /// <exception cref="RecipeException">Problems or algorithm of the recipe are wrong, or files that it names.</exception>
    /// <exception cref="InvalidDataException">A checkpoint is broken.</exception>
    /// <exception cref="ArgumentException">The recipe's model, tokenizer and template do not go together; or it has stages, which <see cref="StagedRun"/> runs.</exception>
    public TrainingRun(Recipe recipe, RunOptions options, IRewards rewards, ITrainingObserver observer)
    {
        (this.recipe, this.options, this.observer) = (recipe, options, observer);
        if (!recipe.Stages.IsEmpty)
        {
            throw new ArgumentException($"{recipe.Name} has stages, each of which is a run", nameof(recipe));
        }

        (problems, read) = (RecipeProblems.Of(recipe), RecipeProblems.ReadOf(recipe));
        var start = recipe.Model.Path is { } path ? options.Stages.Model(path) : null;
        // Adapters have neither tokenizer nor template of their own.
        var texts = start is null ? null : AdapterConfig.WholeOf(start);
        template = PromptTemplate.Named(recipe.Template, texts, recipe.System);
        folder = new(options.Folder);
        checkpoints = new(folder.CheckpointsPath, recipe.Checkpoints.Keep, start);
        var newest = options.Resume ? checkpoints.Newest : null;
        resumed = newest is null ? null : RunCheckpoints.State(newest);
        before = resumed?.Seconds ?? 0;
        if (resumed is not null)
        {
            RunIdentity.Check(options.Folder, recipe, options);
        }

        tokenizer = texts is not null ? TokenizerFiles.Read(texts) : PromptTemplate.Characters(read, problems);
        Teachers.Check(recipe, options, tokenizer);
        var shape = (texts ?? newest) is { } known ? ConfigJson.Read(known) : recipe.Model.Shape(tokenizer.VocabularySize);
        memory = RunMemory.Of(recipe, options, shape, PromptLengths.Longest(recipe, problems, template, tokenizer, shape));
        policy = StartingPolicy.Of(recipe, options, tokenizer.VocabularySize, start, newest);
        policy.SequencesAtOnce = memory.SequencesAtOnce;
        this.rewards = recipe.RewardModel is { } model ? Teachers.RewardsOf(model, rewards, options, tokenizer, policy.Shape) : rewards;
        var given = new GivenExamples(recipe, options.Stages);
        (examples, pairs) = (given.Completions(template, tokenizer, policy.Shape.MaxPositions), given.Pairs(template, tokenizer, policy.Shape.MaxPositions));
        replicas = new(policy, options.Others);
        heldOut = new(replicas, recipe, problems, template, tokenizer, this.rewards);
    }

    /// <summary>The policy.</summary>
    public Policy Policy => policy;

    /// <summary>What the steps so far were like, in order.</summary>
    public IReadOnlyList<StepMetrics> Steps => steps;

    /// <summary>Makes the run, or what is left of it.</summary>
    /// <param name="cancellation">Ends it; a step that has not begun to change the policy is dropped, and the one before it kept.</param>
    /// <exception cref="OperationCanceledException">It was ended; a checkpoint of the last whole step is there, if there was one.</exception>
    /// <exception cref="NotFiniteException">A step became no number; the checkpoint before it is there.</exception>
    /// <exception cref="RewardsUnavailableException">No rewards are to be had; a checkpoint of the last whole step is there.</exception>
    /// <exception cref="IOException">The run cannot be written.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var log = folder.OpenMetrics(resumed is { } point ? new RunPoint(point.Phase, point.Step) : null);
        if (resumed is null)
        {
            File.WriteAllText(folder.RecipePath, recipe.Yaml);
            RunIdentity.Write(options.Folder, recipe, options);
        }

        steps.AddRange(resumed is null ? [] : MetricsLog.Read(folder.MetricsPath));
        observer.Started(recipe, policy.Shape);
        observer.Message($"{memory}");
        try
        {
            if (recipe.Pretraining is not null && resumed?.Phase != Phases.Reinforcement)
            {
                await PretrainAsync(log, cancellation).ConfigureAwait(false);
            }

            await LearnAsync(log, cancellation).ConfigureAwait(false);
        }
        finally
        {
            HtmlReport.Write(folder.ReportPath, recipe, steps);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        (rewards as ModelRewards)?.Dispose();
        replicas.Dispose();
        policy.Dispose();
    }

    private async Task PretrainAsync(MetricsLog log, CancellationToken cancellation)
    {
        var kept = new BaseModels(options.BaseModels).PathOf(recipe, (CharacterTokenizer)tokenizer, options);
        if (resumed is null && BaseModels.Read(kept, policy) is { } taken)
        {
            observer.Message($"the base model is that of {kept}");
            if (options.BaseIsTold)
            {
                Done(await UntaughtAsync(cancellation).ConfigureAwait(false), log);
                return;
            }

            var last = taken[^1];
            before = last.Seconds;
            foreach (var step in taken)
            {
                Done(step == last ? step with { Evaluation = await heldOut.AskAsync(step.Step, cancellation).ConfigureAwait(false) } : step, log);
            }

            return;
        }

        using var optimizer = Optimizer(Phases.Pretraining);
        var pretraining = new Pretraining(replicas, optimizer, recipe, read, template, tokenizer);
        await StepsAsync(Phases.Pretraining, recipe.Pretraining!.Steps, optimizer, null, log, step => Task.FromResult(pretraining.Step(step, Seconds)), cancellation).ConfigureAwait(false);
        BaseModels.Write(kept, policy, tokenizer, steps.Where(step => step.Phase == Phases.Pretraining));
    }

    private async Task LearnAsync(MetricsLog log, CancellationToken cancellation)
    {
        using var optimizer = Optimizer(Phases.Reinforcement);
        using var loops = new LearningLoops(recipe, problems, template, tokenizer, rewards, folder, examples, pairs);
        var origin = new RunOrigin(policy, tokenizer, recipe, options, keep: resumed?.Phase != Phases.Reinforcement);
        var loop = loops.Make(replicas, optimizer, origin.Reference, origin.Restarting, Teacher);
        if (recipe.Pretraining is null && resumed is null)
        {
            Done(await UntaughtAsync(cancellation).ConfigureAwait(false), log);
        }

        if (resumed?.Phase == Phases.Reinforcement)
        {
            loop.Read(checkpoints.Newest!);
        }

        var count = recipe.Reinforcement.Optimization.Steps;
        if (resumed?.Step < count && Directory.Exists(folder.MergedPath))
        {
            // What a run of fewer steps ended with.
            Directory.Delete(folder.MergedPath, recursive: true);
        }

        await StepsAsync(Phases.Reinforcement, count, optimizer, loop.Write, log, step => loop.StepAsync(step, Seconds, cancellation), cancellation).ConfigureAwait(false);
        if (policy.Lora is not null)
        {
            // A later stage begins with it, and is not to lose what is rounded off.
            Checkpoint.Write(policy, tokenizer, folder.MergedPath, recipe.Stage is null ? options.ComputeType : TorchSharp.torch.ScalarType.Float32);
        }
    }

    // The steps of a phase, each measured, told and kept when it is time.
    private async Task StepsAsync(
        string phase, int count, AdamW optimizer, Action<string>? with, MetricsLog log, Func<int, Task<StepMetrics>> take, CancellationToken cancellation)
    {
        var first = resumed?.Phase == phase ? resumed.Step + 1 : 1;
        var state = new RunState(phase, first - 1, Seconds());
        var taken = resumed?.Phase == phase ? resumed.Unmeasured : null;
        try
        {
            if (taken is not null)
            {
                Done(taken with { Evaluation = await heldOut.AskAsync(taken.Step, cancellation).ConfigureAwait(false) }, log);
                taken = null;
            }

            for (var step = first; step <= count; step++)
            {
                cancellation.ThrowIfCancellationRequested();
                taken = await take(step).ConfigureAwait(false);
                state = new RunState(phase, step, Seconds());
                // Pretraining is measured at its end alone: a base model on its way says nothing.
                if (step == count || phase == Phases.Reinforcement && step % recipe.Evaluation.Every == 0)
                {
                    taken = taken with { Evaluation = await heldOut.AskAsync(step, cancellation).ConfigureAwait(false) };
                }

                Done(taken, log);
                taken = null;
                if (step == count || step % recipe.Checkpoints.Every == 0)
                {
                    Keep(state, optimizer, with);
                    HtmlReport.Write(folder.ReportPath, recipe, steps);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or RewardsUnavailableException or PromptLengthException && (state.Step >= first || taken is not null))
        {
            // A step is not broken off once it changes parameters: they are those of the last whole step, which may have been about to be measured.
            observer.Message($"kept after step {state.Step} of {phase}: {Keep(state with { Unmeasured = taken }, optimizer, with)}");
            throw;
        }
    }

    // A policy that became no number is not kept: it would push out those that are good.
    private string Keep(RunState state, AdamW optimizer, Action<string>? with) => policy.Parameters.AreFinite
        ? checkpoints.Write(state, policy, optimizer, tokenizer, with)
        : throw NotFiniteException.Found(policy.Parameters, $"after step {state.Step} of {state.Phase}");

    // What a policy that comes from elsewhere can do before it learns: step 0.
    private async Task<StepMetrics> UntaughtAsync(CancellationToken cancellation) =>
        StepMetrics.Unlearned(0, Seconds()) with { Evaluation = await heldOut.AskAsync(0, cancellation).ConfigureAwait(false) };

    private void Done(StepMetrics metrics, MetricsLog log)
    {
        steps.Add(metrics);
        log.Append(metrics);
        observer.Stepped(metrics);
    }

    private double Seconds() => before + Stopwatch.GetElapsedTime(started).TotalSeconds;

    private AdamW Optimizer(string phase)
    {
        var optimizer = new AdamW(policy.Parameters);
        if (resumed?.Phase == phase && resumed.Step > 0)
        {
            RunCheckpoints.Restore(checkpoints.Newest!, optimizer);
        }

        return optimizer;
    }

    private Policy Teacher()
    {
        var teacher = Teachers.Of(recipe, options);
        teacher.SequencesAtOnce = memory.SequencesAtOnce;
        return teacher;
    }
}
