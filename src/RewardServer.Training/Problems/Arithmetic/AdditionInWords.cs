using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Training.Problems.Writing;

namespace RewardServer.Training.Problems.Arithmetic;

/// <summary>
/// The sums of <see cref="AdditionProblems"/>, in the same parts, asked and thought about in words: <c>What is 37+45?</c> by
/// <c>ones: 7+5 is 12, carry 1; tens: 3+4+1 is 8</c>, and <c>37+45等于几?</c> by <c>个位7+5得12进1; 十位3+4+1得8</c>.
/// </summary>
internal sealed class AdditionInWords : SeededKind
{
    private static readonly ImmutableArray<Phrase> Places = [new("ones", "个位"), new("tens", "十位"), new("hundreds", "百位")];

    private readonly int digits;
    private readonly Languages languages;

    /// <summary>Makes the kind.</summary>
    public AdditionInWords(AdditionOptions options, Languages languages)
        : base("addition", options.Texts)
    {
        (digits, this.languages) = (options.Digits, languages);
        Sets = AdditionColumn.Pairs(digits);
        var largest = AdditionColumn.Largest(digits);
        var (clauses, answer) = Columns(largest, largest, carrying: true);
        Longest = Question(largest, largest, chinese: false).Length + new Reasoning(Languages.English.Think(clauses, chinese: false, new(0)), answer).ToString().Length;
        Alphabet = Reasoning.Alphabet("0123456789+?:,; What is carry等于几得进" + Phrase.Thoughtless.Chinese + string.Concat(Places.Take(digits).Select(place => place.English + place.Chinese)));
    }

    /// <inheritdoc/>
    public override string Alphabet { get; }

    /// <inheritdoc/>
    public override int Longest { get; }

    /// <inheritdoc/>
    protected override OperandSets Sets { get; }

    /// <inheritdoc/>
    protected override Problem Ask(ImmutableArray<int> operands, Random random)
    {
        var (one, other) = random.Next(2) == 0 ? (operands[0], operands[1]) : (operands[1], operands[0]);
        return new(Name, Question(one, other, languages.AskInChinese(random)), new MathTask($"{one + other}"));
    }

    /// <inheritdoc/>
    protected internal override ImmutableArray<int> Operands(Problem problem) => base.Operands(problem).Add(problem.Question.StartsWith("What", StringComparison.Ordinal) ? 0 : 1);

    /// <inheritdoc/>
    protected override Reasoning Careful(ImmutableArray<int> operands, Random random) => Added(operands, carrying: true, random);

    /// <inheritdoc/>
    protected override Reasoning Slip(ImmutableArray<int> operands, Random random) => Added(operands, carrying: false, random);

    /// <inheritdoc/>
    protected override string Thoughtless(ImmutableArray<int> operands, Random random) => languages.Thoughtless(IsChinese(operands), random);

    /// <inheritdoc/>
    protected override string Guess(ImmutableArray<int> operands, bool lucky, Random random) =>
        $"{(lucky ? operands[0] + operands[1] : Near(operands[0] + operands[1], random))}";

    private static bool IsChinese(ImmutableArray<int> operands) => operands[2] == 1;

    private static string Question(int one, int other, bool chinese) => new Phrase($"What is {one}+{other}?", $"{one}+{other}等于几?").In(chinese);

    private Reasoning Added(ImmutableArray<int> operands, bool carrying, Random random)
    {
        var (clauses, answer) = Columns(operands[0], operands[1], carrying);
        return new(languages.Think(clauses, IsChinese(operands), random), answer);
    }

    private (ImmutableArray<Phrase> Clauses, string Answer) Columns(int one, int other, bool carrying)
    {
        var (columns, answer) = AdditionColumn.Add(one, other, digits, carrying);
        return ([.. columns.Select(column => Clause(column, carrying))], answer);
    }

    private static Phrase Clause(AdditionColumn column, bool carrying)
    {
        var (place, kept) = (Places[column.Place], carrying && !column.IsLast);
        var summands = $"{column.Above}+{column.Below}{(carrying && column.Place > 0 ? $"+{column.Carried}" : "")}";
        return new(
            $"{place.English}: {summands} is {column.Sum}{(kept ? $", carry {column.Sum / 10}" : "")}",
            $"{place.Chinese}{summands}得{column.Sum}{(kept ? $"进{column.Sum / 10}" : "")}");
    }
}
