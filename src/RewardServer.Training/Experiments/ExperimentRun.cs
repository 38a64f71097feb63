using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;
using RewardServer.Training.Reporting.Html;

namespace RewardServer.Training.Experiments;

/// <summary>
/// Runs the arms of an experiment with each seed, one after the other, all arms with one seed before the next: wherever it is broken off, they can be compared. Each run has
/// a folder of its own, <c>ARM/seed-N</c>; those that have ended are not made again, and one that was broken off goes on.
/// </summary>
/// <param name="experiment">What is asked.</param>
/// <param name="folder">Where it is kept.</param>
/// <param name="run">Makes a run of a recipe in a folder, or what is left of it, and gives what its stages were like.</param>
/// <param name="told">Told of each run before it begins.</param>
public sealed class ExperimentRun(
    Experiment experiment, string folder, Func<Recipe, string, CancellationToken, Task<IReadOnlyList<StageSteps>>> run, Action<string>? told = null)
{
    private const string Kept = "measures.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        WriteIndented = true,
    };

    /// <summary>What was compared, for programs: <c>comparison.json</c>.</summary>
    public string ComparisonPath => Path.Combine(folder, "comparison.json");

    /// <summary>What was compared, for a browser: <c>report.html</c>.</summary>
    public string ReportPath => Path.Combine(folder, "report.html");

    /// <summary>Runs what is left.</summary>
    /// <param name="cancellation">Ends it, as it ends the run that is made.</param>
    /// <returns>How the arms compare.</returns>
    /// <exception cref="RecipeException">A recipe cannot be run, or the folder holds another experiment.</exception>
    /// <exception cref="OperationCanceledException">It was ended; what was measured until then is in the report.</exception>
    public async Task<Comparison> RunAsync(CancellationToken cancellation)
    {
        Begin();
        var runs = new List<MeasuredRun>();
        var comparison = Comparison.Of(experiment, runs);
        for (var seed = 1; seed <= experiment.Seeds; seed++)
        {
            foreach (var arm in experiment.Arms)
            {
                var own = Path.Combine(folder, arm.Name, string.Create(CultureInfo.InvariantCulture, $"seed-{seed}"));
                if (Read(own) is not { } measured)
                {
                    told?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{arm.Name}, seed {seed} of {experiment.Seeds}: {own}"));
                    measured = new(arm.Name, seed, RunMeasures.Of(await run(arm.Recipe.WithSeed(seed), own, cancellation).ConfigureAwait(false)));
                    RunFolder.WriteWhole(Path.Combine(own, Kept), JsonSerializer.Serialize(measured, Json));
                }

                runs.Add(measured);
                comparison = Comparison.Of(experiment, runs);
                RunFolder.WriteWhole(ComparisonPath, JsonSerializer.Serialize(comparison, Json));
                ExperimentReport.Write(ReportPath, experiment, comparison, runs);
            }
        }

        return comparison;
    }

    // What runs were made of does not change with them.
    private void Begin()
    {
        Directory.CreateDirectory(folder);
        // The recipe that an experiment names may change: what is compared is what the arms were. More seeds may be asked for later; anything else would compare what was not made alike.
        var (path, arms) = (Path.Combine(folder, "arms.json"), Arms(experiment));
        if (File.Exists(path) && File.ReadAllText(path) != arms)
        {
            throw new RecipeException(experiment.Name, [new(null, "", $"the experiment in {folder} has other arms: --run FOLDER begins another")]);
        }

        RunFolder.WriteWhole(path, arms);
        File.WriteAllText(Path.Combine(folder, "experiment.yaml"), experiment.Yaml);
    }

    private static string Arms(Experiment experiment) => JsonSerializer.Serialize(experiment.Arms.Select(arm => arm with { Recipe = Unworded(arm.Recipe) }), Json);

    // What it says of itself makes no run another.
    private static Recipe Unworded(Recipe recipe) => recipe with { Description = "", Stages = [.. recipe.Stages.Select(Unworded)] };

    // A run that has ended; null where it has not.
    private static MeasuredRun? Read(string own)
    {
        var path = Path.Combine(own, Kept);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<MeasuredRun>(File.ReadAllText(path), Json) : null;
        }
        catch (JsonException exception)
        {
            throw new RecipeException(path, [new(null, "", $"cannot be read: {exception.Message} Delete it to measure the run anew.")]);
        }
    }
}
