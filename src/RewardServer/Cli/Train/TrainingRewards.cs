using System.Text.Json;
using RewardServer.Cli.Grade;
using RewardServer.Grading.Graders.Judge;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Sets;
using RewardServer.Hosting;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Training.Recipes;
using RewardServer.Training.Rewards;

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
    /// <exception cref="StartException">A rubric, a setting, or a key's variable is wrong.</exception>
    public static async Task<TrainingRewards> StartAsync(IReadOnlyList<RewardRecipe> recipes, Settings settings, TextWriter errors, CancellationToken cancellation)
    {
        var started = new TrainingRewards();
        try
        {
            var here = recipes.Any(recipe => recipe.Url is null) ? await started.HereAsync(settings, errors, cancellation) : null;
            foreach (var recipe in recipes.DistinctBy(Key))
            {
                started.rewards[Key(recipe)] = recipe.Url is null ? here!(recipe) : started.Elsewhere(recipe);
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

    private async Task<Func<RewardRecipe, IRewards>> HereAsync(Settings settings, TextWriter errors, CancellationToken cancellation)
    {
        var sandbox = await SandboxPool.StartAsync(settings.Sandbox, TimeProvider.System, cancellation);
        owned.Add(sandbox);
        var judges = new JudgeSet(settings.Judges, TimeProvider.System);
        owned.Add(judges);
        var scripts = await ScriptStart.RunAsync(settings, cancellation);
        owned.Add(scripts);
        var compiler = new RubricCompiler(new(sandbox) { Judges = judges, Scripts = scripts });
        var grader = new SetGrader(sandbox.Slots, (item, exception) => errors.WriteLine($"a fault of ours at item {item.Id}: {exception}"));
        return recipe => new RubricRewards(RubricArgument.Resolve(recipe.Definition?.GetRawText() ?? recipe.Rubric!, compiler, settings.Rubrics.Folder), grader);
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
