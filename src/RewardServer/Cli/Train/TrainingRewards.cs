using System.Text.Json;
using RewardServer.Cli.Grade;
using RewardServer.Grading.Graders.Judge;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Sets;
using RewardServer.Hosting;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Training.Problems;
using RewardServer.Training.Recipes;
using RewardServer.Training.Rewards;
using RewardServer.Training.Runs;

namespace RewardServer.Cli.Train;

/// <summary>What gives a run its rewards: a server elsewhere, or a rubric in this process with a sandbox, judges and scripts of its own, which all stages share.</summary>
internal sealed class TrainingRewards : IAsyncDisposable
{
    private readonly List<object> owned = [];
    private readonly Dictionary<string, IRewards> rewards = [];

    private TrainingRewards()
    {
    }

    /// <summary>What gives the rewards that a recipe or a stage asks for, one of those that it was started with.</summary>
    public IRewards Of(RewardRecipe recipe) => rewards[Key(recipe)];

    /// <summary>Starts what is needed.</summary>
    /// <param name="recipe">The recipe; the rewards are its own, or those of its stages.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="errors">Where faults of ours are told.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="StartException">A rubric, a setting, or a key's variable is wrong, or the programs of a problem cannot be run here.</exception>
    public static async Task<TrainingRewards> StartAsync(Recipe recipe, Settings settings, TextWriter errors, CancellationToken cancellation)
    {
        var started = new TrainingRewards();
        Recipe[] runs = recipe.Stages.IsEmpty ? [recipe] : [.. recipe.Stages];
        Recipe[] here = [.. runs.Where(run => run.Rewards.Url is null)];
        try
        {
            var rubrics = here.Length > 0 ? await started.HereAsync(here, settings, errors, cancellation) : null;
            foreach (var wanted in runs.Select(run => run.Rewards).DistinctBy(Key))
            {
                started.rewards[Key(wanted)] = wanted.Url is null ? rubrics!(wanted) : started.Elsewhere(wanted);
            }

            return started;
        }
        catch
        {
            // It goes on to the command, and neither slot nor process is left behind.
            await started.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var one in Enumerable.Reverse(owned))
        {
            if (one is IAsyncDisposable later)
            {
                await later.DisposeAsync();
            }
            else
            {
                ((IDisposable)one).Dispose();
            }
        }
    }

    private async Task<Func<RewardRecipe, IRewards>> HereAsync(IReadOnlyList<Recipe> runs, Settings settings, TextWriter errors, CancellationToken cancellation)
    {
        var sandbox = await SandboxPool.StartAsync(settings.Sandbox, TimeProvider.System, cancellation);
        owned.Add(sandbox);
        Check(runs.SelectMany(run => RecipeProblems.Of(run).Kinds), sandbox);
        var judges = new JudgeSet(settings.Judges, TimeProvider.System);
        owned.Add(judges);
        var scripts = await ScriptStart.RunAsync(settings, cancellation);
        owned.Add(scripts);
        var compiler = new RubricCompiler(new(sandbox) { Judges = judges, Scripts = scripts });
        var grader = new SetGrader(sandbox.Slots, (item, exception) => errors.WriteLine($"a fault of ours at item {item.Id}: {exception}"));
        return recipe => new RubricRewards(RubricArgument.Resolve(recipe.Definition?.GetRawText() ?? recipe.Rubric!, compiler, settings.Rubrics.Folder), grader);
    }

    // Without a sandbox every answer would be skipped, which would be seen when the base model has been pretrained.
    private static void Check(IEnumerable<IProblemKind> kinds, SandboxPool sandbox)
    {
        string[] errors =
        [
            .. from kind in kinds
               from language in kind.ProgramLanguages
               let found = sandbox.Languages.FirstOrDefault(known => known.Name == language)
               where found is not { Available: true }
               let why = sandbox.Engine.Available ? (found?.Reason, found?.Remedy) : (sandbox.Engine.Reason, sandbox.Engine.Remedy)
               select $"problems of kind '{kind.Name}' are answered by {language} programs, which cannot be run here: {why.Reason}{(why.Remedy is { } remedy ? $" To mend: {remedy}" : "")}",
        ];
        if (errors.Length > 0)
        {
            throw new StartException([.. errors.Distinct()]);
        }
    }

    private ServerRewards Elsewhere(RewardRecipe recipe)
    {
        var named = recipe.Definition ?? JsonSerializer.SerializeToElement(recipe.Rubric);
        var elsewhere = new ServerRewards(recipe.Url!, named, ApiKey(recipe.ApiKey), TimeProvider.System);
        owned.Add(elsewhere);
        return elsewhere;
    }

    private static string Key(RewardRecipe recipe) => JsonSerializer.Serialize(recipe);

    private static string? ApiKey(string? variable) => variable is null
        ? null
        : Environment.GetEnvironmentVariable(variable) ?? throw new StartException([$"rewards.apiKey: the environment has no variable {variable}"]);
}
