using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Grading.Completions;
using RewardServer.Training.Problems.Writing;

namespace RewardServer.Training.Problems.Programs;

/// <summary>
/// Short programs in Python, which run in the sandbox: <c>list: sort, drop first, sum</c>, answered by <c>def f(x): return sum(sorted(x)[1:])</c>. Problems of which a
/// step makes no difference are left out. Careful texts build the expression step by step; those that slip forget one. What the tests call the function with is in no question, so
/// that no program that prints a constant passes.
/// </summary>
internal sealed class ProgramProblems : SeededKind
{
    private const string Python = "python";

    private readonly int tests;

    /// <summary>Makes the kind.</summary>
    public ProgramProblems(ProgramOptions options)
        : base("program", options.Texts)
    {
        tests = options.Tests;
        Sets = new(
            from onTexts in (bool[])[false, true]
            from steps in Steps(SmallProgram.Of(onTexts), options.Operations)
            let operands = steps.Insert(0, onTexts ? 1 : 0)
            where Arguments(operands) is not null
            select operands);
        Operation[] all = [.. Operation.OnLists, .. Operation.OnTexts];
        Alphabet = Reasoning.Alphabet("list text:;, def f(x): return" + string.Concat(all.Select(operation => operation.Words + operation.Of(""))));
        Longest = Enum.GetValues<Split>().SelectMany(split => Sets.Of(split)).Select(Program).Max(program => program.Words.Length + Thought(program).ToString().Length);
    }

    /// <inheritdoc/>
    public override string Alphabet { get; }

    /// <inheritdoc/>
    public override int Longest { get; }

    /// <inheritdoc/>
    public override IEnumerable<string> ProgramLanguages => [Python];

    /// <inheritdoc/>
    protected override OperandSets Sets { get; }

    /// <inheritdoc/>
    protected override Problem Ask(ImmutableArray<int> operands, Random random)
    {
        var program = Program(operands);
        return new(Name, program.Words, new CodeTask(Python, [.. Arguments(operands)!.Select(argument =>
            new CallTest(SmallProgram.Function, [JsonSerializer.SerializeToElement(argument, argument.GetType())], program.Run(argument)))]));
    }

    /// <summary>Whether it is of texts, then each operation by its number.</summary>
    protected internal override ImmutableArray<int> Operands(Problem problem)
    {
        var program = SmallProgram.Parse(problem.Question);
        return [program.OnTexts ? 1 : 0, .. program.Operations.Select(operation => program.Known.IndexOf(operation))];
    }

    /// <inheritdoc/>
    protected override Reasoning Careful(ImmutableArray<int> operands, Random random) => Thought(Program(operands));

    /// <inheritdoc/>
    protected override Reasoning Slip(ImmutableArray<int> operands, Random random)
    {
        var program = Program(operands);
        return Thought(program.Without(random.Next(program.Operations.Length)));
    }

    /// <inheritdoc/>
    protected override string Guess(ImmutableArray<int> operands, bool lucky, Random random)
    {
        var program = Program(operands);
        if (lucky)
        {
            return program.Source;
        }

        // One step is another; where that makes no difference, one is forgotten.
        var place = random.Next(program.Operations.Length);
        Operation[] others = [.. program.Known.Where(other => other.IsLast == program.Operations[place].IsLast && other != program.Operations[place])];
        var near = program with { Operations = program.Operations.SetItem(place, others[random.Next(others.Length)]) };
        return (near.Agrees(program, Arguments(operands)!) ? program.Without(place) : near).Source;
    }

    private static SmallProgram Program(ImmutableArray<int> operands)
    {
        var onTexts = operands[0] == 1;
        return new(onTexts, [.. operands.Skip(1).Select(operation => SmallProgram.Of(onTexts)[operation])]);
    }

    private static Reasoning Thought(SmallProgram program) =>
        new(string.Join("; ", program.Operations.Zip(program.Expressions, (operation, expression) => $"{operation.Words}: {expression}")), program.Source);

    // All ways to do so many things at most, of which the last alone may be one to which nothing more is done.
    private static IEnumerable<ImmutableArray<int>> Steps(ImmutableArray<Operation> known, int most)
    {
        IEnumerable<ImmutableArray<int>> before = [[]];
        for (var count = 1; count <= most; count++)
        {
            var longer = (from steps in before from next in Enumerable.Range(0, known.Length) select steps.Add(next)).ToArray();
            foreach (var steps in longer)
            {
                yield return steps;
            }

            before = longer.Where(steps => !known[steps[^1]].IsLast);
        }
    }

    // The same for the same problem in every run.
    private object[]? Arguments(ImmutableArray<int> operands) =>
        ProgramArguments.Of(Program(operands), tests, new(operands.Aggregate(1, (seed, operand) => (seed * 31) + operand)));
}
