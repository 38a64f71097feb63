using RewardServer.Compatibility;
using RewardServer.Grading.Graders.Custom.Scripts;
using RewardServer.Grading.Graders.Judge;
using RewardServer.Sandboxing;

namespace RewardServer.Hosting;

/// <summary>All settings, read and checked at start; every error is reported at once.</summary>
/// <param name="Server">Section "Server".</param>
/// <param name="Sandbox">Section "Sandbox".</param>
/// <param name="Rubrics">Section "Rubrics".</param>
/// <param name="Judges">Section "Judges", by their names.</param>
/// <param name="Scripts">Section "Scripts", by their names.</param>
/// <param name="Trainers">Section "Trainers".</param>
/// <param name="Storage">Section "Storage".</param>
/// <param name="Jobs">Section "Jobs".</param>
public sealed record Settings(
    ServerOptions Server,
    SandboxOptions Sandbox,
    RubricOptions Rubrics,
    IReadOnlyDictionary<string, JudgeSettings> Judges,
    IReadOnlyDictionary<string, ScriptOptions> Scripts,
    TrainerOptions Trainers,
    StorageOptions Storage,
    JobOptions Jobs)
{
    /// <summary>Reads the settings.</summary>
    /// <exception cref="StartException">Something in them is wrong.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        var errors = new List<string>();
        var server = Section<ServerOptions>(configuration, "Server", errors);
        var sandbox = Section<SandboxOptions>(configuration, "Sandbox", errors);
        var rubrics = Section<RubricOptions>(configuration, "Rubrics", errors);
        var judges = Named<JudgeSettings>(configuration, "Judges", errors);
        var scripts = Named<ScriptOptions>(configuration, "Scripts", errors);
        var trainers = Section<TrainerOptions>(configuration, "Trainers", errors);
        var storage = Section<StorageOptions>(configuration, "Storage", errors);
        var jobs = Section<JobOptions>(configuration, "Jobs", errors);
        errors.AddRange(server.Errors());
        errors.AddRange(sandbox.Errors().Select(error => $"Sandbox:{error}"));
        errors.AddRange(rubrics.Errors());
        errors.AddRange(JudgeSet.Errors(judges).Select(error => $"Judges:{error}"));
        errors.AddRange(scripts.SelectMany(script => script.Value.Errors().Select(error => $"Scripts:{script.Key}:{error}")));
        errors.AddRange(trainers.Errors());
        errors.AddRange(storage.Errors());
        errors.AddRange(jobs.Errors());
        return errors.Count == 0 ? new(server, sandbox, rubrics, judges, scripts, trainers, storage, jobs) : throw new StartException(errors);
    }

    // One at a time, so that an error names the setting and not only the section.
    private static Dictionary<string, T> Named<T>(IConfiguration configuration, string name, List<string> errors)
        where T : new()
    {
        var all = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var section in configuration.GetSection(name).GetChildren())
        {
            var before = errors.Count;
            var one = Section<T>(configuration, section.Path, errors);
            if (errors.Count == before)
            {
                all.Add(section.Key, one);
            }
        }

        return all;
    }

    private static T Section<T>(IConfiguration configuration, string name, List<string> errors)
        where T : new()
    {
        try
        {
            return configuration.GetSection(name).Get<T>(binder => binder.ErrorOnUnknownConfiguration = true) ?? new();
        }
        catch (InvalidOperationException exception)
        {
            errors.Add($"{name}: {exception.Message}");
            return new();
        }
    }
}
