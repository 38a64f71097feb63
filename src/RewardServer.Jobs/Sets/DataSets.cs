using System.Collections.Immutable;
using RewardServer.Jobs.Sets.Shapes;

namespace RewardServer.Jobs.Sets;

/// <summary>The data sets whose rows are known. A new one is one file in Shapes and one line here.</summary>
public static class DataSets
{
    /// <summary>All of them; where the columns of a row fit several, the first.</summary>
    public static ImmutableArray<ISetShape> All { get; } =
    [
        new OwnItems(), new LmEvaluationHarness(ShapeOf), new Verl(), new LiveCodeBench(), new CodeContests(), new Apps(), new HumanEval(), new Mbpp(),
        new Countdown(), new Gsm8k(), new OpenR1Math(), new Mathematics(), new Answers(),
    ];

    /// <summary>What is known, a line a set, for who has a row that is of none.</summary>
    public static IEnumerable<string> Descriptions => All.Select(shape => $"{shape.Name}: {shape.Description}");

    /// <summary>What a plain gold can be: math, text, number or choice.</summary>
    public static ImmutableArray<string> AnswerKinds => Answers.Kinds;

    /// <summary>Rows with a plain gold of a kind.</summary>
    /// <param name="kind">One of <see cref="AnswerKinds"/>.</param>
    public static ISetShape OfAnswers(string kind) =>
        AnswerKinds.Contains(kind) ? new Answers(kind) : throw new ArgumentException($"kind '{kind}' has no plain gold; it is one of {string.Join(", ", AnswerKinds)}", nameof(kind));

    /// <summary>The set of that name; null where there is none.</summary>
    public static ISetShape? Find(string name) => All.FirstOrDefault(shape => shape.Name == name);

    /// <summary>The set that a row is of, by its columns; null where it is of none.</summary>
    public static ISetShape? ShapeOf(Columns columns) => All.FirstOrDefault(shape => shape.Fits(columns));

    /// <summary>Reads a row with what models wrote.</summary>
    /// <param name="columns">The row's.</param>
    /// <param name="shape">The set; null to tell by the columns.</param>
    /// <exception cref="RowException">It cannot be read; the message names the column.</exception>
    public static SetRow Read(Columns columns, ISetShape? shape = null)
    {
        var known = shape ?? ShapeOf(columns)
            ?? throw new RowException($"is of no known set by its columns: {columns.Listed}");
        var row = known.Read(columns);
        var written = WrittenCompletions.Of(columns.Own);
        return row with
        {
            // An empty name is none: it would make one problem of all rows that have it.
            Id = row.Id is "" ? null : row.Id,
            Group = row.Group is "" ? null : row.Group,
            Completions = row.Complete is { } complete ? [.. written.Select(one => one?.Text is { } text ? complete(text) : one)] : written,
        };
    }
}
