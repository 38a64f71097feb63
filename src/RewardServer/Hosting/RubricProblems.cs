using RewardServer.Grading.Rubrics.Library;

namespace RewardServer.Hosting;

/// <summary>Says what is wrong with a file of rubrics.</summary>
internal static class RubricProblems
{
    /// <summary>One line for the log.</summary>
    public static string Describe(RubricProblem problem) =>
        $"{(problem.File.Length == 0 ? "the folder" : problem.File)}: {string.Join("; ", problem.Errors.Select(error => $"{error.Path} {error.Message}".Trim()))}"
        + (problem.KeepsOld ? "; what it held before stays in use" : "");

    /// <exception cref="StartException">A file of the owner's is wrong: at the start there is nothing to keep.</exception>
    public static RubricLibrary Checked(RubricLibrary library) =>
        library.Problems.IsEmpty ? library : throw new StartException([.. library.Problems.Select(problem => $"Rubrics:Folder: {Describe(problem)}")]);
}
