using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using RewardServer.Training.Checkpoints;
using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using RewardServer.Training.Reporting;
using RewardServer.Training.Tokens;
using static TorchSharp.torch;

namespace RewardServer.Training.Runs;

/// <summary>
/// The checkpoints of a run: each a Hugging Face folder, or PEFT's where adapters alone are trained, and beside the parameters the optimizer's means and how far the run was. All else that a
/// step needs follows from the recipe and the number of the step, so that a run that goes on does what it would have done.
/// </summary>
/// <param name="folder">The folder of checkpoints.</param>
/// <param name="keep">How many of the newest are kept.</param>
/// <param name="whole">The checkpoint that adapters belong to, if it trains some; null where none is written.</param>
public sealed partial class RunCheckpoints(string folder, int keep, string? whole = null)
{
    private const string StateFile = "state.json";
    private const string OptimizerFile = "optimizer.safetensors";
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>The newest, or null where there is none.</summary>
    public string? Newest => All().LastOrDefault();

    /// <summary>The checkpoint that a folder means: the folder itself, or where it is a run's, the newest of it or of its last stage that has one.</summary>
    public static string Meant(string folder) => File.Exists(Path.Combine(folder, ConfigJson.FileName)) || AdapterConfig.IsThere(folder) || !Directory.Exists(folder) ? folder
        : new RunCheckpoints(new RunFolder(folder).CheckpointsPath, 1).Newest
            ?? Stages(folder).Select(stage => new RunCheckpoints(new RunFolder(stage).CheckpointsPath, 1).Newest).LastOrDefault(newest => newest is not null)
            ?? folder;

    /// <summary>The folders of a staged run's stages, in their order.</summary>
    public static IEnumerable<string> Stages(string folder) =>
        Directory.EnumerateDirectories(folder).Where(path => Stage().IsMatch(Path.GetFileName(path))).OrderBy(path => int.Parse(Path.GetFileName(path).Split('-')[0], CultureInfo.InvariantCulture));

    /// <summary>How far the run was at a checkpoint.</summary>
    /// <exception cref="InvalidDataException">It is no checkpoint of a run.</exception>
    public static RunState State(string checkpoint)
    {
        var path = Path.Combine(checkpoint, StateFile);
        try
        {
            var state = JsonSerializer.Deserialize<RunState>(File.ReadAllText(path), Json) ?? throw new InvalidDataException($"{path} says nothing");
            var folder = Path.GetFileName(Path.TrimEndingDirectorySeparator(checkpoint));
            return state is { Phase: Phases.Pretraining or Phases.Reinforcement, Step: >= 0, OptimizerSteps: >= 0 } && Name(state) == folder
                ? state
                : throw new InvalidDataException($"{path}: is of step {state.Step} of '{state.Phase}', and the folder is {folder}");
        }
        catch (Exception exception) when (exception is JsonException or IOException)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>Writes a checkpoint, whole or not at all, and lets the oldest go.</summary>
    /// <param name="state">How far the run is.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="optimizer">Its optimizer.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="with">Writes what else the run needs to go on, into the folder that it is given; null for nothing.</param>
    /// <returns>Its folder.</returns>
    /// <exception cref="IOException">It cannot be written; those that are there are left.</exception>
    public string Write(RunState state, Policy policy, AdamW optimizer, ISavedTokenizer tokenizer, Action<string>? with = null)
    {
        var path = Path.Combine(folder, Name(state));
        void Beside(string unfinished)
        {
            using var scope = NewDisposeScope();
            SafeTensors.Write(Path.Combine(unfinished, OptimizerFile), [new("means", optimizer.Means), new("squares", optimizer.Squares)], ScalarType.Float32);
            File.WriteAllText(Path.Combine(unfinished, StateFile), JsonSerializer.Serialize(state with { OptimizerSteps = optimizer.Steps }, Json));
            with?.Invoke(unfinished);
        }

        if (policy.Lora is null)
        {
            Checkpoint.Write(policy, tokenizer, path, with: Beside);
        }
        else
        {
            AdapterCheckpoint.Write(policy, whole ?? throw new InvalidOperationException("adapters belong to a checkpoint, and none is named"), tokenizer, path, Beside);
        }

        foreach (var old in All().SkipLast(keep))
        {
            Directory.Delete(old, recursive: true);
        }

        return path;
    }

    /// <summary>Gives an optimizer the means that it had at a checkpoint.</summary>
    /// <exception cref="InvalidDataException">They are not those of its policy.</exception>
    public static void Restore(string checkpoint, AdamW optimizer)
    {
        using var _ = no_grad();
        var path = Path.Combine(checkpoint, OptimizerFile);
        try
        {
            using var file = SafeTensors.Open(path);
            file.Read("means", optimizer.Means);
            file.Read("squares", optimizer.Squares);
        }
        catch (Exception exception) when (exception is FileNotFoundException or KeyNotFoundException or ArgumentException)
        {
            throw new InvalidDataException($"{path} has not the means of this policy's optimizer: {exception.Message}", exception);
        }

        optimizer.Steps = State(checkpoint).OptimizerSteps;
    }

    private static string Name(RunState state) =>
        string.Create(CultureInfo.InvariantCulture, $"{(state.Phase == Phases.Pretraining ? "base" : "step")}-{state.Step:D6}");

    // "base" stands before "step", as pretraining does before reinforcement. What a program that was ended left half written has another name.
    private string[] All() => Directory.Exists(folder)
        ? [.. Directory.EnumerateDirectories(folder).Where(path => Whole().IsMatch(Path.GetFileName(path)))
            .OrderBy(path => Path.GetFileName(path)[..4], StringComparer.Ordinal).ThenBy(path => int.Parse(Path.GetFileName(path)[5..], CultureInfo.InvariantCulture))]
        : [];

    [GeneratedRegex("^(base|step)-[0-9]{6,9}$")]
    private static partial Regex Whole();

    [GeneratedRegex("^[0-9]{1,4}-[a-z0-9-]+$")]
    private static partial Regex Stage();
}

/// <summary>How far a run is.</summary>
/// <param name="Phase">The phase that it is in.</param>
/// <param name="Step">The last step of it that is done.</param>
/// <param name="Seconds">Seconds that the run has taken so far.</param>
/// <param name="OptimizerSteps">Steps that the optimizer has taken.</param>
/// <param name="Unmeasured">What the last step was like, where it was to be measured and was not yet: that comes first when the run goes on.</param>
public sealed record RunState(string Phase, int Step, double Seconds, long OptimizerSteps = 0, StepMetrics? Unmeasured = null);
