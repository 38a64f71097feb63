using RewardServer.Sandboxing.Pooling;
using RewardServer.Sandboxing.Runs;

namespace RewardServer.Http;

/// <summary>Refuses executions that cannot be, each with the member at fault, and puts the others into the sandbox's words.</summary>
internal static class ExecuteCheck
{
    private const int MostOutputFiles = 64;

    public static IEnumerable<(string Path, string Message)> Errors(ExecuteRequest request, int runs, OutputBudget budget)
    {
        if (request.Stdin is not null && !request.Stdins.IsDefaultOrEmpty)
        {
            yield return ("stdins", "not together with stdin");
        }

        if (!request.Stdins.IsDefault && request.Stdins.Length > ExecuteRequest.MaxStdins)
        {
            yield return ("stdins", $"at most {ExecuteRequest.MaxStdins}, but there are {request.Stdins.Length}");
        }

        for (var i = 0; i < (request.Stdins.IsDefault ? 0 : request.Stdins.Length); i++)
        {
            if (request.Stdins[i] is null)
            {
                yield return ($"stdins[{i}]", "must not be null");
            }
        }

        foreach (var (member, error) in request.Limits?.Errors() ?? [])
        {
            yield return ("limits." + member, error);
        }

        foreach (var (path, content) in request.Files)
        {
            if (!IsInner(path))
            {
                yield return ("files", $"'{path}' is not a path below the scratch folder");
            }

            if (content is null)
            {
                yield return ("files." + path, "must not be null");
            }
        }

        var outputs = request.OutputFiles.IsDefault ? [] : request.OutputFiles;
        if (outputs.Length > MostOutputFiles)
        {
            yield return ("outputFiles", $"at most {MostOutputFiles}, but there are {outputs.Length}");
        }

        for (var i = 0; i < outputs.Length; i++)
        {
            if (outputs[i] is null || !IsInner(outputs[i]))
            {
                yield return ($"outputFiles[{i}]", $"'{outputs[i]}' is not a path below the scratch folder");
            }
            else if (outputs.IndexOf(outputs[i]) < i)
            {
                yield return ($"outputFiles[{i}]", $"'{outputs[i]}' stands twice");
            }
        }

        if (request.Measure is { } measure)
        {
            if (measure.Rounds is < 3 or > 100)
            {
                yield return ("measure.rounds", $"must be from 3 to 100, but is {measure.Rounds}");
            }

            if (!request.Stdins.IsDefaultOrEmpty)
            {
                yield return ("stdins", "a measurement is of one input: stdin");
            }
        }

        if (MostKept(request, runs) > budget.Most)
        {
            yield return ("limits.outputKb", $"{runs} runs could come to hold {MostKept(request, runs) / 1024} MiB of output, more than the {budget.Most / 1024} of Server:OutputBudgetMb");
        }
    }

    public static async Task<IEnumerable<(string Path, string Message)>> LanguageErrorsAsync(
        ExecuteRequest request, SandboxPool sandbox, CancellationToken cancellation)
    {
        var errors = await LanguageErrorsAsync("language", request.Language, sandbox, cancellation);
        return request.Measure?.ReferenceLanguage is { } other
            ? errors.Concat(await LanguageErrorsAsync("measure.referenceLanguage", other, sandbox, cancellation))
            : errors;
    }

    private static async Task<IEnumerable<(string Path, string Message)>> LanguageErrorsAsync(
        string member, string? name, SandboxPool sandbox, CancellationToken cancellation)
    {
        await sandbox.LookAgainAsync(name, cancellation);
        var known = sandbox.Languages.FirstOrDefault(language => language.Name == name);
        return known switch
        {
            _ when name is null => [(member, "is needed")],
            null => [(member, $"'{name}' is not one of {string.Join(", ", sandbox.Languages.Select(language => language.Name))}")],
            { Available: false } => [(member, $"{known.Name} cannot be run here: {known.Reason} {known.Remedy}")],
            _ => [],
        };
    }

    /// <summary>The most that the answer can hold, in KiB.</summary>
    public static long MostKept(ExecuteRequest request, int runs) =>
        runs * ((2L * (request.Limits ?? new()).Resolve().OutputKb) + (request.OutputFiles.IsDefaultOrEmpty ? 0 : RunRequest.MaxOutputFileBytes / 1024));

    public static RunRequest ToRun(ExecuteRequest request, string language, SandboxPool sandbox) => new()
    {
        Language = language,
        Files =
        [
            new(sandbox.MainFileOf(language), System.Text.Encoding.UTF8.GetBytes(request.Code)),
            .. request.Files.Select(file => new SandboxFile(file.Key, file.Value)),
        ],
        OutputFiles = request.OutputFiles.IsDefault ? [] : request.OutputFiles,
        Limits = (request.Limits ?? new()).Resolve(),
        Fresh = request.Fresh,
    };

    private static bool IsInner(string path) =>
        path.Length is > 0 and <= 1024 && !path.Contains('\0', StringComparison.Ordinal)
        && path.Split('/').All(part => part is not ("" or "." or "..") && System.Text.Encoding.UTF8.GetByteCount(part) <= 255);
}
