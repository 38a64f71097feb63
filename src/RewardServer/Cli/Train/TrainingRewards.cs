using System.Text.Json;
using RewardServer.Cli.Grade;
using RewardServer.Grading.Graders.Judge;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Sets;
using RewardServer.Hosting;
using RewardServer.Sandboxing.Pooling;
using RewardServer.Training.Recipes;
using RewardServer.Training.Rewards;
using RewardServer.Training.Runs;

namespace RewardServer.Cli.Train;

/// <summary>What gives a run its rewards: a server elsewhere, or a rubric in this process with a sandbox, judges and scripts of its own.</summary>
internal sealed class TrainingRewards : IAsyncDisposable
{
    private readonly List<object> owned;

    private TrainingRewards(IRewards rewards, List<object> owned) => (Rewards, this.owned) = (rewards, owned);

    /// <summary>What gives them.</summary>
    public IRewards Rewards { get; }

    /// <summary>Starts what is needed.</summary>
    /// <param name="recipe">What gives rewards.</param>
    /// <param name="problems">What is asked.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="errors">Where faults of ours are told.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="StartException">The rubric, a setting, or the key's variable is wrong, or the programs of a problem cannot be run here.</exception>
    public static async Task<TrainingRewards> StartAsync(RewardRecipe recipe, ProblemMix problems, Settings settings, TextWriter errors, CancellationToken cancellation)
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
            Check(problems, sandbox);
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

    // Without a sandbox every answer would be skipped, which would be seen when the base model has been pretrained.
    private static void Check(ProblemMix problems, SandboxPool sandbox)
    {
        string[] errors =
        [
            .. from kind in problems.Kinds
               from language in kind.ProgramLanguages
               let found = sandbox.Languages.FirstOrDefault(known => known.Name == language)
               where found is not { Available: true }
               let why = sandbox.Engine.Available ? (found?.Reason, found?.Remedy) : (sandbox.Engine.Reason, sandbox.Engine.Remedy)
               select $"problems of kind '{kind.Name}' are answered by {language} programs, which cannot be run here: {why.Reason}{(why.Remedy is { } remedy ? $" To mend: {remedy}" : "")}",
        ];
        if (errors.Length > 0)
        {
            throw new StartException([.. errors]);
        }
    }

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
