using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Training.Problems.Arithmetic;
using RewardServer.Training.Problems.Countdown;
using RewardServer.Training.Problems.Jsonl;
using RewardServer.Training.Problems.Knights;
using RewardServer.Training.Problems.Notes;
using RewardServer.Training.Problems.Programs;

namespace RewardServer.Training.Problems;

/// <summary>The kinds of problems that recipes can name. A new kind is one folder beside this file and one line in it.</summary>
public static class ProblemKinds
{
    private static readonly JsonElement NoOptions = JsonElement.Parse("{}");

    /// <summary>Every kind.</summary>
    public static ImmutableArray<ProblemKind> All { get; } =
    [
        ProblemKind.Of<AdditionOptions>(
            "addition", "Sums of two numbers of equally many digits.", options => options.Languages is { } languages ? new AdditionInWords(options, languages) : new AdditionProblems(options)),
        ProblemKind.Of<MultiplicationOptions>(
            "multiplication", "Products of a digit and a number of two digits.", options => new MultiplicationProblems(options)),
        ProblemKind.Of<LinearEquationsOptions>(
            "linear-equations", "Equations of one unknown, with a whole solution.", options => new LinearEquations(options)),
        ProblemKind.Of<CountdownOptions>(
            "countdown", "Three numbers and what is to be made of them.", options => new CountdownProblems(options)),
        ProblemKind.Of<KnightsOptions>(
            "knights", "Two to four people, and who of them tells the truth.", options => new KnightsProblems(options)),
        ProblemKind.Of<ProgramOptions>(
            "program", "Short programs in Python, which a sandbox runs on tests.", options => new ProgramProblems(options)),
        ProblemKind.Of<NoteOptions>(
            "writing", "Short notes, of which some are better than others.", options => new NoteProblems(options)),
        ProblemKind.Of<JsonlOptions>(
            "jsonl", "The questions of a file, with what checks their answers.", JsonlProblems.Read),
    ];

    /// <summary>The kind with that name; null where there is none.</summary>
    public static ProblemKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);

    /// <summary>Makes a kind by its name, or says all that is wrong.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="options">An object with its options; all default where there is none.</param>
    /// <returns>The kind, or null with at least one error.</returns>
    public static (IProblemKind? Kind, ImmutableArray<ProblemError> Errors) Make(string name, JsonElement? options = null) =>
        Find(name)?.Make(options ?? NoOptions)
            ?? (null, [new("kind", $"'{name}' is not a kind of problem; there are: {string.Join(", ", All.Select(kind => kind.Name))}")]);
}
