using System.Collections.Immutable;
using RewardServer.Grading.Completions;
using RewardServer.Grading.Completions.Puzzles;
using RewardServer.Training.Problems.Writing;

namespace RewardServer.Training.Problems.Countdown;

/// <summary>
/// Three numbers, each to be used once, and what + - and * are to make of them: <c>8 3 2 -&gt; 10</c>, answered by <c>(8-3)*2</c>. Of numbers up to
/// 12 there are 364 sets, and 3,986 problems (338 held out, of 32 sets): a part has all targets of its sets. Texts try one way after another
/// (<c>8+3=11,11+2=13; wait 8-3=5,5*2=10</c>): the longer they do, the more of them come to the target.
/// </summary>
internal sealed class CountdownProblems : SeededKind
{
    private readonly CountdownSearch search;
    private readonly string operations;
    private readonly int longest;

    /// <summary>Makes the kind.</summary>
    public CountdownProblems(CountdownOptions options)
        : base("countdown", options.Texts)
    {
        longest = options.Longest;
        operations = options.Operations;
        search = new(options.Aim, options.Patience);
        Sets = new(
            from one in Enumerable.Range(1, options.Largest)
            from other in Enumerable.Range(1, one)
            from last in Enumerable.Range(1, other)
            from target in CountdownTry.All([one, other, last], options.Operations).Select(each => each.Value).Distinct()
            select ImmutableArray.Create(one, other, last, target),
            key: 3);
    }

    /// <inheritdoc/>
    public override string Alphabet { get; } = Reasoning.Alphabet("0123456789+-*=()>,; " + string.Concat(CountdownSearch.Misses));

    /// <inheritdoc/>
    public override int Longest => longest;

    /// <inheritdoc/>
    protected override OperandSets Sets { get; }

    /// <inheritdoc/>
    protected override Problem Ask(ImmutableArray<int> operands, Random random) => new(
        Name,
        Question(operands),
        new LogicTask(new CountdownPuzzle([operands[0], operands[1], operands[2]], operands[3]) { UseAll = true, Operations = [.. operations.Select(operation => operation.ToString())] }));

    /// <inheritdoc/>
    protected override Reasoning Careful(ImmutableArray<int> operands, Random random) =>
        search.ToTheTarget(Ways(operands), operands[3], Room(operands), random);

    /// <inheritdoc/>
    protected override Reasoning Slip(ImmutableArray<int> operands, Random random) =>
        search.GivenUp([.. Ways(operands).Where(way => way.Value != operands[3])], operands[3], Room(operands), random);

    /// <inheritdoc/>
    protected override string Guess(ImmutableArray<int> operands, bool lucky, Random random) =>
        search.Choose([.. Ways(operands).Where(way => way.Value == operands[3] == lucky)], operands[3], random).Expression;

    private static string Question(ImmutableArray<int> operands) => $"{operands[0]} {operands[1]} {operands[2]} -> {operands[3]}";

    private ImmutableArray<CountdownTry> Ways(ImmutableArray<int> operands) => CountdownTry.All(operands.AsSpan(0, 3), operations);

    private int Room(ImmutableArray<int> operands) => longest - Question(operands).Length;
}
