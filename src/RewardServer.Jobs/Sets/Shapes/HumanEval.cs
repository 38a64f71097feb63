using System.Text.RegularExpressions;
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
            Complete = written => WrittenPrograms.Complete(written, program => Whole(prompt, entry, program)) is var whole && whole != written
                ? whole
                : WrittenPrograms.WithImports(written, ImportsOf(prompt)),
        };
    }

    // The set's own harness runs the prompt and then the completion, as base models write it. Who writes the function anew still counts on what the prompt has before it.
    private static string Whole(string prompt, string entry, string program)
    {
        if (WrittenPrograms.IsIndented(program) || Definitions(program, entry).Count == 0)
        {
            return prompt + program;
        }

        // Such an import must stand first.
        var begins = Definitions(prompt, entry) is [.., var last] && !program.Contains("from __future__", StringComparison.Ordinal) ? last.Index : 0;
        return prompt[..begins] + program;
    }

    private static string ImportsOf(string prompt) =>
        string.Join('\n', prompt.Split('\n').Where(line => line.StartsWith("import ", StringComparison.Ordinal) || line.StartsWith("from ", StringComparison.Ordinal)));

    // Where the function is defined, and not one in another, or one whose name begins likewise.
    private static MatchCollection Definitions(string text, string entry) =>
        Regex.Matches(text, $@"^(?:async[ \t]+)?def[ \t]+{Regex.Escape(entry)}[ \t]*[(\[]", RegexOptions.Multiline | RegexOptions.CultureInvariant);
}
