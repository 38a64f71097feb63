using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Training.Problems;

namespace RewardServer.Training.Tests.Problems.Jsonl;

public sealed class JsonlProblemsTests(R1ZeroRubric rubric) : IClassFixture<R1ZeroRubric>, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("jsonl").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Solutions_as_of_gsm8k_become_tasks_and_texts()
    {
        var kind = Made(Many(i => $$"""{"question": "What is {{i}} and {{i}}?", "answer": "It is {{i}}+{{i}} = <<{{i}}+{{i}}={{i + i}}>>{{i + i}}.\n#### {{i + i}}", "level": 1}"""));
        Assert.Equal(("set", true, 0), (kind.Name, kind.HasTexts, kind.Count(Split.Pretraining)));
        var random = new Random(1);
        var problems = Enumerable.Range(0, 50).Select(_ => kind.Draw(Split.Reinforcement, random)).ToArray();
        Assert.All(await rubric.GradeAsync(problems.Select(problem => (problem, kind.Written(problem, random)))), item => Assert.Equal(2, item.Reward));
        Assert.Matches("^<think>It is ([0-9]+)\\+\\1 = [0-9]+\\.</think><answer>[0-9]+</answer>$", kind.Written(problems[0], random));
    }

    [Fact]
    public void Tasks_of_any_kind_are_taken_as_they_are_and_have_no_texts()
    {
        var kind = Made(Many(i => $$$"""{"prompt": "Pick {{{i}}}.", "task": {"kind": "choice", "answer": "A", "choices": ["x", "y"]}}"""));
        var problem = kind.Draw(Split.HeldOut, new Random(1));
        Assert.IsType<ChoiceTask>(problem.Task);
        Assert.False(kind.HasTexts);
        Assert.Throws<NotSupportedException>(() => kind.Written(problem, new Random(1)));
    }

    [Fact]
    public void A_tenth_of_the_questions_is_held_out_and_stays_so_as_the_file_grows()
    {
        string[] lines = Many(i => $$"""{"question": "Q{{i}}", "answer": {{i}}}""", 1000);
        var (kind, smaller) = (Made(lines, """, "pretraining": 0.4"""), Made(lines[..500]));
        Assert.InRange(kind.Count(Split.HeldOut), 70, 130);
        Assert.InRange(kind.Count(Split.Pretraining), 350, 450);
        Assert.Equal(1000, Enum.GetValues<Split>().Sum(kind.Count));
        var (held, random) = (Questions(kind, Split.HeldOut), new Random(2));
        Assert.Subset(held, Questions(smaller, Split.HeldOut));
        Assert.Empty(held.Intersect(Questions(kind, Split.Reinforcement)));
        Assert.Throws<InvalidOperationException>(() => smaller.Draw(Split.Pretraining, random));
    }

    [Fact]
    public void Every_bad_line_is_named_by_its_number()
    {
        var errors = Errors(
        [
            """{"question": "a", "answer": "1"}""",
            "{",
            "",
            "[]",
            """{"answer": "1"}""",
            """{"question": "a", "prompt": "b", "answer": "1"}""",
            """{"question": " ", "answer": "1"}""",
            """{"question": "a"}""",
            """{"question": "a", "answer": "1", "task": {"kind": "math", "answer": "1"}}""",
            """{"question": "a", "answer": "x ####"}""",
            """{"question": "a", "answer": [1]}""",
            """{"question": "a", "task": {"kind": "riddle"}}""",
            """{"question": "a", "task": {"answer": "1"}}""",
            """{"question": "a", "task": {"kind": "math", "gold": "1"}}""",
            """{"question": "a", "task": {"kind": "math"}}""",
            """{"question": "a", "task": null}""",
            """{"question": "\ud800", "answer": "1"}""",
            """{"question": "a", "task": {"kind": "logic", "puzzle": {"kind": "countdown", "numbers": [], "target": 1}}}""",
        ]);
        Assert.Equal(
            [2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18],
            errors.Select(error => int.Parse(error.Message.Split(", line ")[1].Split(':')[0], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Contains("must have question or prompt", errors[2].Message, StringComparison.Ordinal);
        Assert.Contains("task.kind 'riddle' is not a known kind", errors[9].Message, StringComparison.Ordinal);
        Assert.Contains("task.gold is not a known member", errors[11].Message, StringComparison.Ordinal);
        Assert.Contains("task.puzzle.numbers must be", errors[15].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_very_many_bad_lines_the_first_are_told_and_the_number_of_the_others()
    {
        var errors = Errors(Many(_ => "x", 60));
        Assert.Equal(51, errors.Length);
        Assert.EndsWith("and 10 lines more", errors[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_missing_empty_or_too_small_is_told()
    {
        Assert.Contains("none", Assert.Single(ProblemKinds.Make("jsonl", JsonElement.Parse("""{"path": "/none/at/all"}""")).Errors).Message, StringComparison.Ordinal);
        Assert.Contains("has 0 questions", Assert.Single(Errors([])).Message, StringComparison.Ordinal);
        Assert.Contains("has 1 questions, of which none falls to", Assert.Single(Errors(["""{"question": "a", "answer": "1"}"""])).Message, StringComparison.Ordinal);
    }

    private static string[] Many(Func<int, string> line, int count = 200) => [.. Enumerable.Range(1, count).Select(line)];

    private static HashSet<string> Questions(IProblemKind kind, Split split)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, 3000).Select(_ => kind.Draw(split, random).Question)];
    }

    private IProblemKind Made(string[] lines, string others = "") => Kinds.Make("jsonl", $$"""{"path": "{{Written(lines)}}"{{others}}}""");

    private ImmutableArray<ProblemError> Errors(string[] lines) =>
        ProblemKinds.Make("jsonl", JsonElement.Parse($$"""{"path": "{{Written(lines)}}"}""")).Errors;

    private string Written(string[] lines)
    {
        var path = Path.Combine(folder, "set.jsonl");
        File.WriteAllLines(path, lines);
        return path;
    }
}
