namespace RewardServer.Jobs.Sets;

/// <summary>Makes completions of programs that tools have already cut out of what a model wrote, such as <c>code_list</c> of LiveCodeBench.</summary>
internal static class WrittenPrograms
{
    /// <summary>A program in a fence.</summary>
    public static string Fenced(string program) => $"```python\n{program}\n```";

    /// <summary>A bare program in a fence; what has fences, or thinks aloud, as it is.</summary>
    public static string Complete(string written) => Complete(written, program => program);

    /// <summary>The same, where a bare program is first to be made whole.</summary>
    public static string Complete(string written, Func<string, string> whole) =>
        written.Contains("```", StringComparison.Ordinal) || written.Contains("</think>", StringComparison.Ordinal) ? written : Fenced(whole(written));
}
