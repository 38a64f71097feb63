using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Training.Problems.Writing;

namespace RewardServer.Training.Problems.Arithmetic;

/// <summary>
/// Sums of two numbers of equally many digits: <c>37+45=?</c>. Of two digits there are 4,095 pairs (426 held out); of one, 45 (7); of three, 405,450 (40,218).
/// Careful texts add from the right and write each carry down (<c>7+5=12 c1; 3+4+1=8</c>); those that slip do not, and so add wrongly.
/// </summary>
internal sealed class AdditionProblems : SeededKind
{
    private readonly int digits;

    /// <summary>Makes the kind.</summary>
    public AdditionProblems(AdditionOptions options)
        : base("addition", options.Texts)
    {
        digits = options.Digits;
        Sets = AdditionColumn.Pairs(digits);
        var largest = AdditionColumn.Largest(digits);
        Longest = Ask(largest, largest).Question.Length + Columns(largest, largest, carrying: true).ToString().Length;
    }

    /// <inheritdoc/>
    public override string Alphabet { get; } = Reasoning.Alphabet("0123456789+=?c; ");

    /// <inheritdoc/>
    public override int Longest { get; }

    /// <inheritdoc/>
    protected override OperandSets Sets { get; }

    /// <inheritdoc/>
    protected override Problem Ask(ImmutableArray<int> operands, Random random) =>
        random.Next(2) == 0 ? Ask(operands[0], operands[1]) : Ask(operands[1], operands[0]);

    /// <inheritdoc/>
    protected override Reasoning Careful(ImmutableArray<int> operands, Random random) => Columns(operands[0], operands[1], carrying: true);

    /// <inheritdoc/>
    protected override Reasoning Slip(ImmutableArray<int> operands, Random random) => Columns(operands[0], operands[1], carrying: false);

    /// <inheritdoc/>
    protected override string Guess(ImmutableArray<int> operands, bool lucky, Random random) =>
        $"{(lucky ? operands[0] + operands[1] : Near(operands[0] + operands[1], random))}";

    private Problem Ask(int one, int other) => new(Name, $"{one}+{other}=?", new MathTask($"{one + other}"));

    private Reasoning Columns(int one, int other, bool carrying)
    {
        var (columns, answer) = AdditionColumn.Add(one, other, digits, carrying);
        return new(
            string.Join("; ", columns.Select(column =>
                $"{column.Above}+{column.Below}{(carrying && column.Place > 0 ? $"+{column.Carried}" : "")}={column.Sum}{(carrying && !column.IsLast ? $" c{column.Sum / 10}" : "")}")),
            answer);
    }
}
