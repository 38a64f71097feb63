using RewardServer.Grading.Graders.Code.Generation.Parameters;

namespace RewardServer.Grading.Completions;

/// <summary>What is wrong with a task of kind "code", by the member at fault.</summary>
internal static class CodeTaskErrors
{
    private const int MostGenerated = 500, LargestSize = 10_000_000;

    public static IEnumerable<(string Member, string Error)> Of(CodeTask task)
    {
        if (task.Tests.Length > CodeTask.MostTests)
        {
            return [("tests", $"must be at most {CodeTask.MostTests}, but there are {task.Tests.Length}")];
        }

        return OfTests(task)
            .Concat(OfGroups(task))
            .Concat(Under("limits", task.Limits?.Errors()))
            .Concat(task.Checker?.Errors("checker") ?? [])
            .Concat(task.Reference?.Errors("reference") ?? [])
            .Concat(task.Generated is { } generated ? Under("generated", OfGenerated(generated, task)) : [])
            .Concat(task.Baseline is { } baseline ? OfBaseline(baseline) : []);
    }

    private static IEnumerable<(string Member, string Error)> OfTests(CodeTask task)
    {
        for (var i = 0; i < task.Tests.Length; i++)
        {
            var errors = task.Tests[i] is { } test ? Under($"tests[{i}]", test.Errors()) : [($"tests[{i}]", "must not be null")];
            foreach (var error in errors)
            {
                yield return error;
            }

            if (task.Tests[i] is StdioTest { Stdout: null } silent && (silent.Checker ?? task.Checker)?.Program is null)
            {
                yield return ($"tests[{i}].stdout", "is required, but where a checker's program decides");
            }
        }
    }

    private static IEnumerable<(string Member, string Error)> OfGroups(CodeTask task)
    {
        var used = task.Tests.Where(test => test is not null).Select(test => test.Group).Append(task.Generated?.Group).ToHashSet();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < task.Groups.Length; i++)
        {
            if (task.Groups[i] is not { } group)
            {
                yield return ($"groups[{i}]", "must not be null");
                continue;
            }

            if (!names.Add(group.Name))
            {
                yield return ($"groups[{i}].name", $"'{group.Name}' is the name of an earlier group");
            }

            if (!(group.Points > 0 && group.Points <= TestCase.HeaviestWeight))
            {
                yield return ($"groups[{i}].points", $"must be above 0 and at most {TestCase.HeaviestWeight}");
            }

            if (!used.Contains(group.Name))
            {
                yield return ($"groups[{i}].name", $"no test is in group '{group.Name}'");
            }
        }

        for (var i = 0; i < task.Tests.Length && names.Count > 0; i++)
        {
            if (task.Tests[i] is { } test && !names.Contains(test.Group ?? ""))
            {
                yield return ($"tests[{i}].group", "must name one of the groups");
            }
        }
    }

    private static IEnumerable<(string Member, string Error)> OfGenerated(GeneratedTests generated, CodeTask task)
    {
        if (generated.Count is < 1 or > MostGenerated)
        {
            yield return ("count", $"must be from 1 to {MostGenerated}");
        }

        if (generated.SmallestSize < 1 || generated.LargestSize < generated.SmallestSize || generated.LargestSize > LargestSize)
        {
            yield return ("largestSize", $"must be at least smallestSize, which is at least 1, and at most {LargestSize}");
        }

        if (generated.Generator is null == generated.Parameters.IsDefaultOrEmpty)
        {
            yield return ("generator", "must be given, or else parameters: one of the two");
        }

        if (generated.Function is null && !generated.Parameters.IsDefaultOrEmpty)
        {
            yield return ("function", "is required where parameters are given");
        }

        if (generated.Reference is null && generated.Property is null && task.Reference is null)
        {
            yield return ("reference", "must be given here or in the task, or else property");
        }

        if (task.Groups.Length > 0 && !task.Groups.Any(group => group?.Name == generated.Group))
        {
            yield return ("group", "must name one of the groups");
        }

        if (generated.Function is { } function && new CallTest(function, []).Errors().Any(error => error.Member == "function"))
        {
            yield return ("function", "must be a name, or two with a point between them");
        }

        if (generated.Property is { Language: not "python" })
        {
            yield return ("property.language", "must be 'python'");
        }

        foreach (var error in ParameterErrors.Of(generated))
        {
            yield return error;
        }

        foreach (var error in new[] { generated.Generator?.Errors("generator"), generated.Reference?.Errors("reference"), generated.Property?.Errors("property"), generated.Checker?.Errors("checker") }
            .SelectMany(errors => errors ?? []))
        {
            yield return error;
        }
    }

    private static IEnumerable<(string Member, string Error)> OfBaseline(SpeedBaseline baseline)
    {
        // What is beyond all machines would make ratios that are no numbers.
        if (baseline.CpuSeconds is not (> 0 and <= 1_000_000))
        {
            yield return ("baseline.cpuSeconds", "must be above 0 and at most 1000000");
        }

        if (baseline.LoopSeconds is not (>= 0.000001 and <= 1_000_000))
        {
            yield return ("baseline.loopSeconds", "must be from 0.000001 to 1000000");
        }
    }

    private static IEnumerable<(string Member, string Error)> Under(string path, IEnumerable<(string Member, string Error)>? errors) =>
        errors?.Select(error => ($"{path}.{error.Member}", error.Error)) ?? [];
}
