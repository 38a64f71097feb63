namespace RewardServer.Training.Reporting;

/// <summary>Where a run is kept: its recipe, metrics, report and checkpoints, in one folder.</summary>
/// <param name="path">The folder.</param>
public sealed class RunFolder(string path)
{
    /// <summary>The recipe as it was given, for a run that goes on.</summary>
    public string RecipePath => Path.Combine(path, "recipe.yaml");

    /// <summary>One line of JSON a step.</summary>
    public string MetricsPath => Path.Combine(path, "metrics.jsonl");

    /// <summary>What the run was like, for a browser.</summary>
    public string ReportPath => Path.Combine(path, "report.html");

    /// <summary>The folder of checkpoints.</summary>
    public string CheckpointsPath => Path.Combine(path, "checkpoints");

    /// <summary>The checkpoint of a run that trained adapters, with all that they add in its weights: what it ended with.</summary>
    public string MergedPath => Path.Combine(path, "merged");

    /// <summary>The folder of completions that were kept to be imitated, a file a step.</summary>
    public string SamplesPath => Path.Combine(path, "samples");

    /// <summary>Makes the folder, where it is not there, and begins the metrics.</summary>
    /// <param name="resumed">Where a run goes on: later steps are cut off, for they will be made again. Null for a run that begins, which has no metrics yet.</param>
    /// <exception cref="InvalidDataException">A line of the metrics is none of ours; the message names it.</exception>
    /// <exception cref="IOException">The folder or file cannot be written.</exception>
    public MetricsLog OpenMetrics(RunPoint? resumed = null)
    {
        Directory.CreateDirectory(path);
        return MetricsLog.Open(MetricsPath, resumed);
    }

    /// <summary>Writes a file whole or not at all, so that who reads it meanwhile never sees half.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void WriteWhole(string file, string text)
    {
        var unfinished = file + ".partial";
        File.WriteAllText(unfinished, text);
        File.Move(unfinished, file, overwrite: true);
    }
}
