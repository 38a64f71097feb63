using RewardServer.Compatibility.Tasks;
using RewardServer.Grading.Completions;

namespace RewardServer.Compatibility.SandboxFusion.Submit;

/// <summary>A problem of a data set that was uploaded (<c>PUT /v1/tasks</c>): a task of kind "code".</summary>
internal static class StoredProblem
{
    /// <summary>Reads it. The call's language counts where the tests are of standard input and output, which any language can meet.</summary>
    /// <param name="stored">The task that was uploaded.</param>
    /// <param name="config">The call's configuration.</param>
    public static JudgedProblem Of(StoredTask stored, SubmitConfig config)
    {
        if (stored.Task is not CodeTask task)
        {
            return JudgedProblem.Not("the task is not of kind 'code'; /v1/grade and the trainers' other calls grade it");
        }

        var asked = config.Language is { Length: > 0 } name ? ForeignLanguages.OursFor(name) : task.Language;
        return asked != task.Language && !task.Tests.All(test => test is StdioTest or FilesTest or InteractiveTest)
            ? JudgedProblem.Not($"the task's tests are for {task.Language} programs, not for {asked}")
            : new()
            {
                Language = asked,
                Tests = task.Tests,
                Uploaded = task,
                Prompt = stored.Prompt?.LastOf("user") ?? "",
                TestInfo = (index, full) => index < task.Tests.Length ? StdioTests.InfoOf(task.Tests[index], full) : null,
            };
    }
}
