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

/// <summary>What gives a run its rewards: a server elsewhere, or a rubric in this process with a sandbox, judges and scripts of its own.</summary>
internal sealed class TrainingRewards : IAsyncDisposable
{
    private readonly List<object> owned;

    private TrainingRewards(IRewards rewards, List<object> owned) => (Rewards, this.owned) = (rewards, owned);

    /// <summary>What gives them.</summary>
    public IRewards Rewards { get; }

    /// <summary>Starts what is needed.</summary>
    /// <exception cref="StartException">The rubric, a setting, or the key's variable is wrong.</exception>
    public static async Task<TrainingRewards> StartAsync(RewardRecipe recipe, Settings settings, TextWriter errors, CancellationToken cancellation)
    {
        if (recipe.Url is { } server)
        {
            var named = recipe.Definition ?? JsonSerializer.SerializeToElement(recipe.Rubric);
            var elsewhere = new ServerRewards(server, named, Key(recipe.ApiKey), TimeProvider.System);
            return new(elsewhere, [elsewhere]);
        }

        var started = new List<object>();
        try
        {
            var sandbox = await SandboxPool.StartAsync(settings.Sandbox, TimeProvider.System, cancellation);
            started.Insert(0, sandbox);
            var judges = new JudgeSet(settings.Judges, TimeProvider.System);
            started.Insert(0, judges);
            var scripts = await ScriptStart.RunAsync(settings, cancellation);
            started.Insert(0, scripts);
            var compiler = new RubricCompiler(new(sandbox) { Judges = judges, Scripts = scripts });
            var rubric = RubricArgument.Resolve(recipe.Definition?.GetRawText() ?? recipe.Rubric!, compiler, settings.Rubrics.Folder);
            var grader = new SetGrader(sandbox.Slots, (item, exception) => errors.WriteLine($"a fault of ours at item {item.Id}: {exception}"));
            return new(new RubricRewards(rubric, grader), started);
        }
        catch
        {
            // It goes on to the command, and neither slot nor process is left behind.
            await EndAsync(started);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await EndAsync(owned);

    private static async Task EndAsync(List<object> owned)
    {
        foreach (var one in owned)
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

    private static string? Key(string? variable) => variable is null
        ? null
        : Environment.GetEnvironmentVariable(variable) ?? throw new StartException([$"rewards.apiKey: the environment has no variable {variable}"]);
}
