using System.Collections.Frozen;
using System.Collections.Immutable;

namespace RewardServer.Grading.Graders.Code;

/// <summary>What grading must know of a language, apart from how the sandbox runs it.</summary>
/// <param name="Name">Its name in tasks and in the sandbox.</param>
/// <param name="FenceNames">What a fenced block may call it.</param>
/// <param name="MainFile">The name of the file that is run.</param>
/// <param name="CandidateFile">The name under which a check's driver finds the candidate.</param>
/// <param name="CheckDriver">The resource with the driver that runs a check; null where checks are not supported.</param>
public sealed record CodeLanguage(
    string Name, ImmutableArray<string> FenceNames, string MainFile, string CandidateFile, string? CheckDriver)
{
    /// <summary>The languages in which programs are graded, by name.</summary>
    public static FrozenDictionary<string, CodeLanguage> All { get; } =
        new CodeLanguage[]
        {
            new("python", ["python", "py", "python3"], "main.py", "candidate.py", "check_driver.py"),
            new("javascript", ["javascript", "js", "node"], "main.js", "candidate.js", null),
            new("c", ["c"], "main.c", "candidate.c", null),
            new("cpp", ["cpp", "c++", "cxx", "cc"], "main.cpp", "candidate.cpp", null),
            new("csharp", ["csharp", "c#", "cs"], "main.cs", "candidate.cs", null),
            new("java", ["java"], "Main.java", "Candidate.java", null),
            new("typescript", ["typescript", "ts"], "main.ts", "candidate.ts", null),
        }.ToFrozenDictionary(language => language.Name);
}
