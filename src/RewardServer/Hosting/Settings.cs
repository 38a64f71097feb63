using RewardServer.Grading.Graders.Judge;
using RewardServer.Sandboxing;

namespace RewardServer.Hosting;

/// <summary>All settings, read and checked at start; every error is reported at once.</summary>
/// <param name="Server">Section "Server".</param>
/// <param name="Sandbox">Section "Sandbox".</param>
/// <param name="Rubrics">Section "Rubrics".</param>
/// <param name="Judges">Section "Judges", by their names.</param>
public sealed record Settings(ServerOptions Server, SandboxOptions Sandbox, RubricOptions Rubrics, IReadOnlyDictionary<string, JudgeSettings> Judges)
{
    /// <summary>Reads the settings.</summary>
    /// <exception cref="StartException">Something in them is wrong.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        var errors = new List<string>();
        var server = Section<ServerOptions>(configuration, "Server", errors);
        var sandbox = Section<SandboxOptions>(configuration, "Sandbox", errors);
        var rubrics = Section<RubricOptions>(configuration, "Rubrics", errors);
        var judges = JudgesOf(configuration, errors);
        errors.AddRange(server.Errors());
        errors.AddRange(sandbox.Errors().Select(error => $"Sandbox:{error}"));
        errors.AddRange(rubrics.Errors());
        errors.AddRange(JudgeSet.Errors(judges).Select(error => $"Judges:{error}"));
        return errors.Count == 0 ? new(server, sandbox, rubrics, judges) : throw new StartException(errors);
    }

    // One at a time, so that an error names the setting and not only the section.
    private static Dictionary<string, JudgeSettings> JudgesOf(IConfiguration configuration, List<string> errors)
    {
        var judges = new Dictionary<string, JudgeSettings>(StringComparer.Ordinal);
        foreach (var section in configuration.GetSection("Judges").GetChildren())
        {
            var before = errors.Count;
            var judge = Section<JudgeSettings>(configuration, section.Path, errors);
            if (errors.Count == before)
            {
                judges.Add(section.Key, judge);
            }
        }

        return judges;
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
