using RewardServer.Grading.Graders.Custom.Scripts;
using RewardServer.Sandboxing;

namespace RewardServer.Hosting;

/// <summary>All settings, read and checked at start; every error is reported at once.</summary>
/// <param name="Server">Section "Server".</param>
/// <param name="Sandbox">Section "Sandbox".</param>
public sealed record Settings(ServerOptions Server, SandboxOptions Sandbox)
{
    /// <summary>Section "Scripts": settings of scripts by the scripts' names.</summary>
    public IReadOnlyDictionary<string, ScriptOptions> Scripts { get; init; } = new Dictionary<string, ScriptOptions>();

    /// <summary>Reads the settings.</summary>
    /// <exception cref="StartException">Something in them is wrong.</exception>
    public static Settings Read(IConfiguration configuration)
    {
        var errors = new List<string>();
        var server = Section<ServerOptions>(configuration, "Server", errors);
        var sandbox = Section<SandboxOptions>(configuration, "Sandbox", errors);
        var scripts = Section<Dictionary<string, ScriptOptions>>(configuration, "Scripts", errors);
        errors.AddRange(server.Errors());
        errors.AddRange(sandbox.Errors().Select(error => $"Sandbox:{error}"));
        errors.AddRange(scripts.SelectMany(script => script.Value.Errors().Select(error => $"Scripts:{script.Key}:{error}")));
        return errors.Count == 0 ? new(server, sandbox) { Scripts = scripts } : throw new StartException(errors);
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
