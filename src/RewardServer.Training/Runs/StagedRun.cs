using RewardServer.Training.Policies;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;
using RewardServer.Training.Reporting.Html;
using RewardServer.Training.Rewards;

namespace RewardServer.Training.Runs;

/// <summary>
/// The stages of a staged recipe, one after the other: each is a run of its own in a folder of its own, and begins with what an earlier one ended with, or with
/// the recipe's model. A run that was broken off goes on in the stage that it was in.
/// </summary>
/// <param name="recipe">The recipe.</param>
/// <param name="options">Where and on what it is run.</param>
/// <param name="rewards">Gives what gives the rewards of a stage.</param>
/// <param name="observer">Who looks on.</param>
public sealed class StagedRun(Recipe recipe, RunOptions options, Func<RewardRecipe, IRewards> rewards, ITrainingObserver observer)
{
    private readonly StageFolders folders = new(options.Folder, recipe.Stages);
    private readonly RunFolder whole = new(options.Folder);
    private readonly List<StageSteps> ended = [];

    /// <summary>Runs them, or what is left of them.</summary>
    /// <param name="cancellation">Ends the stage that is run, as it ends a run.</param>
    /// <returns>What each was like.</returns>
    /// <exception cref="RecipeException">A stage cannot be run: its members do not go together, files that it names are wrong, or what is to go on was made from something else.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public async Task<IReadOnlyList<StageSteps>> RunAsync(CancellationToken cancellation)
    {
        Array.ForEach([.. recipe.Stages], GivenExamples.Check);
        RecipeRun.Told(recipe, Begin);
        var plans = new StagePlans(options with { Stages = folders });
        foreach (var stage in recipe.Stages)
        {
            RecipeRun.Told(stage, () => plans.Add(stage, ended: Kept(stage) is not null));
        }

        foreach (var stage in recipe.Stages)
        {
            var steps = RecipeRun.Told(stage, () => Kept(stage)) ?? await OneAsync(stage, cancellation).ConfigureAwait(false);
            ended.Add(new(stage, steps));
            observer.StageEnded(ended[^1]);
            StagedReport.Write(whole.ReportPath, recipe, ended);
        }

        return ended;
    }

    private void Begin()
    {
        if (options.Resume && RunIdentity.IsKept(options.Folder))
        {
            RunIdentity.Check(options.Folder, recipe, options);
            return;
        }

        Directory.CreateDirectory(options.Folder);
        File.WriteAllText(whole.RecipePath, recipe.Yaml);
        RunIdentity.Write(options.Folder, recipe, options);
    }

    // The steps of a stage that ended before; null where it did not.
    private IReadOnlyList<StepMetrics>? Kept(Recipe stage)
    {
        if (!options.Resume || Newest(stage) is not { } newest)
        {
            return null;
        }

        var state = RunCheckpoints.State(newest);
        if (state is { Phase: Phases.Reinforcement, Unmeasured: null } && state.Step >= stage.Reinforcement.Optimization.Steps
            // Written last.
            && (stage.Lora is null || Directory.Exists(new RunFolder(folders.Of(stage.Stage!)).MergedPath)))
        {
            return MetricsLog.Read(new RunFolder(folders.Of(stage.Stage!)).MetricsPath);
        }

        // What was made of a stage does not change with it.
        return recipe.Stages.Skip(stage.Stage!.Number).FirstOrDefault(later => Newest(later) is not null) is not { Stage: { } begun }
            ? null
            : throw new ArgumentException($"the stage {stage.Stage.Name} has steps left, but {folders.Of(begun)} was made of it: delete that folder and those after it to go on");
    }

    private string? Newest(Recipe stage) => new RunCheckpoints(new RunFolder(folders.Of(stage.Stage!)).CheckpointsPath, 1).Newest;

    private async Task<IReadOnlyList<StepMetrics>> OneAsync(Recipe stage, CancellationToken cancellation)
    {
        var own = options with
        {
            Folder = folders.Of(stage.Stage!),
            Resume = options.Resume && Newest(stage) is not null,
            Stages = folders,
            BaseIsTold = ended.Any(earlier => BaseModels.AreSame(stage, earlier.Recipe)),
        };
        TrainingRun? run = null;
        void Report() => StagedReport.Write(whole.ReportPath, recipe, [.. ended, new(stage, [.. run!.Steps])]);
        using (run = RecipeRun.Prepared(stage, own, rewards(stage.Rewards), new Watched(observer, Report)))
        {
            try
            {
                await run.RunAsync(cancellation).ConfigureAwait(false);
                return [.. run.Steps];
            }
            finally
            {
                Report();
            }
        }
    }

    /// <summary>Keeps the report of all stages up to date whenever something was measured.</summary>
    private sealed class Watched(ITrainingObserver observer, Action measured) : ITrainingObserver
    {
        public void Started(Recipe recipe, PolicyShape shape) => observer.Started(recipe, shape);

        public void Stepped(StepMetrics metrics)
        {
            observer.Stepped(metrics);
            if (metrics.Evaluation is not null)
            {
                measured();
            }
        }

        public void Message(string text) => observer.Message(text);
    }
}
