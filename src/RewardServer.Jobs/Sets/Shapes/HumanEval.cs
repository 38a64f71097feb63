using RewardServer.Grading.Completions;

namespace RewardServer.Jobs.Sets.Shapes;

/// <summary>HumanEval (Chen et al. 2021, arXiv:2107.03374): the beginning of a function, whose rest models write, and a <c>check</c> of it.</summary>
internal sealed class HumanEval : ISetShape
{
    public string Name => "humaneval";

    public string Description => "task_id, prompt, entry_point, test";

    public bool Fits(Columns columns) => columns.Have("task_id", "prompt", "entry_point", "test");

    public SetRow Read(Columns columns)
    {
        var (prompt, entry) = (columns.Text("prompt"), columns.Text("entry_point"));
        return new(columns.Text("task_id"), prompt, new CodeTask("python", [new CheckTest(columns.Text("test"), EntryPoint: entry)]))
        {
            Gold = columns.TextOrNull("canonical_solution") is { } solution ? WrittenPrograms.Fenced(prompt + solution) : null,
            // Base models go on with the prompt; chat models write the function anew, in a fence or bare.
            Complete = written => WrittenPrograms.Complete(written, program => program.Contains($"def {entry}", StringComparison.Ordinal) ? program : prompt + program),
        };
    }
}
