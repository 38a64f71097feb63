using RewardServer.Sandboxing.Pooling;

namespace RewardServer.Compatibility.Programs;

/// <summary>Whether programs of a language can be run here.</summary>
internal static class LanguageHere
{
    /// <summary>Why they cannot; null where they can.</summary>
    /// <param name="sandbox">Where they would run; it looks again, for what was missing may be there by now.</param>
    /// <param name="name">The language, by our name.</param>
    /// <param name="asked">The language as the call has it.</param>
    /// <param name="cancellation">Ends the look.</param>
    public static async Task<string?> WhyNotAsync(SandboxPool sandbox, string name, string asked, CancellationToken cancellation)
    {
        await sandbox.LookAgainAsync(name, cancellation);
        var known = sandbox.Languages.FirstOrDefault(language => language.Name == name);
        return known switch
        {
            null => $"'{asked}' is not installed; there are: {string.Join(", ", sandbox.Languages.Where(language => language.Available).Select(language => language.Name))}",
            { Available: false } => $"{known.Name} cannot be run here: {known.Reason} {known.Remedy}".TrimEnd(),
            _ => null,
        };
    }

    /// <summary>Why no Python can be run; null where it can.</summary>
    /// <param name="sandbox">Where it would run.</param>
    /// <param name="cancellation">Ends the look.</param>
    public static Task<string?> WhyNoPythonAsync(SandboxPool sandbox, CancellationToken cancellation) => WhyNotAsync(sandbox, "python", "python", cancellation);
}
