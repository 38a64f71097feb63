using System.Collections.Immutable;
using RewardServer.Training.Checkpoints;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;

namespace RewardServer.Training.Runs;

/// <summary>Where what a recipe names is: as it stands, or what an earlier stage of the same staged recipe made (<c>stage:NAME</c>).</summary>
/// <param name="root">The folder of all stages.</param>
/// <param name="stages">The stages.</param>
public sealed class StageFolders(string root, ImmutableArray<Recipe> stages)
{
    /// <summary>Of a recipe without stages.</summary>
    public static StageFolders None { get; } = new("", []);

    /// <summary>The folder of a stage's run.</summary>
    public string Of(RecipeStage stage) => Path.Combine(root, stage.Folder);

    /// <summary>The folder of a checkpoint: that which is named, or the newest of the run or stage that is.</summary>
    /// <exception cref="ArgumentException">There is no such stage, or it has none.</exception>
    public string Checkpoint(string path) => Run(path) is { } run ? Newest(run, path) : RunCheckpoints.Meant(path);

    /// <summary>The folder of the checkpoint that a recipe begins with.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public string Model(string path) => Checkpoint(path) is var folder && Directory.Exists(folder) ? folder : throw new ArgumentException($"model.path (--model): there is no folder {folder}");

    /// <summary>The folder of a reward model.</summary>
    /// <exception cref="ArgumentException">There is no such stage, or it has none.</exception>
    public string RewardModel(string path) => Run(path) is { } run ? Path.Combine(Newest(run, path), Runs.RewardModel.FolderName) : path;

    /// <summary>The file, or the folder of files, of completions.</summary>
    /// <exception cref="ArgumentException">There is no such stage.</exception>
    public string Samples(string path) => Run(path)?.SamplesPath ?? path;

    private RunFolder? Run(string path) => RecipeStage.Named(path) is { } name
        ? new(Of(stages.FirstOrDefault(stage => stage.Stage!.Name == name)?.Stage ?? throw new ArgumentException($"there is no stage '{name}'")))
        : null;

    private static string Newest(RunFolder run, string path)
    {
        var newest = new RunCheckpoints(run.CheckpointsPath, 1).Newest ?? throw new ArgumentException($"{path} has no checkpoint in {run.CheckpointsPath}");
        // The same policy, which whoever gets adapters of it can read without ours.
        return AdapterConfig.IsThere(newest) && Directory.Exists(run.MergedPath) ? run.MergedPath : newest;
    }
}
