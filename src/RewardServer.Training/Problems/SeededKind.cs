using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using RewardServer.Training.Problems.Writing;

namespace RewardServer.Training.Problems;

/// <summary>A kind of problem that is made from operands, with texts in several manners.</summary>
/// <param name="name">Its name.</param>
/// <param name="mixture">How often each manner stands among the texts.</param>
internal abstract partial class SeededKind(string name, Mixture mixture) : IProblemKind
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public abstract string Alphabet { get; }

    /// <inheritdoc/>
    public abstract int Longest { get; }

    /// <inheritdoc/>
    public bool HasTexts => true;

    /// <inheritdoc/>
    public virtual IEnumerable<string> ProgramLanguages => [];

    /// <summary>Its operands by part.</summary>
    protected abstract OperandSets Sets { get; }

    /// <inheritdoc/>
    public virtual int Count(Split split) => Sets.Of(split).Length;

    /// <inheritdoc/>
    public Problem Draw(Split split, Random random) => Ask(Sets.Draw(split, random), random);

    /// <inheritdoc/>
    public string Written(Problem problem, Random random) => Written(problem, mixture.Draw(random), random);

    /// <summary>A text in a given manner.</summary>
    internal string Written(Problem problem, Manner manner, Random random)
    {
        var operands = Operands(problem);
        return manner switch
        {
            Manner.Careful => Careful(operands, random).ToString(),
            Manner.Guess => Guess(operands, random).ToString(),
            Manner.Slip => Slip(operands, random).ToString(),
            // What is wrong anyway: an answer that can be read in spite of its tags would make it a right one.
            _ => Slip(operands, random).Unfinished(random),
        };
    }

    /// <summary>The problem of some operands.</summary>
    protected abstract Problem Ask(ImmutableArray<int> operands, Random random);

    /// <summary>What a text is written from: the numbers of the question in their order, where a kind does not say otherwise.</summary>
    protected internal virtual ImmutableArray<int> Operands(Problem problem) =>
        [.. Number().Matches(problem.Question).Select(match => int.Parse(match.Value, CultureInfo.InvariantCulture))];

    /// <summary>Reasons to the right answer. Each step follows from few characters nearby, so that a small model can learn it.</summary>
    protected abstract Reasoning Careful(ImmutableArray<int> operands, Random random);

    /// <summary>Reasons to a wrong answer.</summary>
    protected abstract Reasoning Slip(ImmutableArray<int> operands, Random random);

    /// <summary>Guesses an answer.</summary>
    /// <param name="operands">The operands.</param>
    /// <param name="lucky">Whether the right one is guessed, or one near it.</param>
    /// <param name="random">What draws it.</param>
    protected abstract string Guess(ImmutableArray<int> operands, bool lucky, Random random);

    /// <summary>What stands in the place of thinking before a guess.</summary>
    protected virtual string Thoughtless(ImmutableArray<int> operands, Random random) => Reasoning.Thoughtless[random.Next(Reasoning.Thoughtless.Length)];

    private Reasoning Guess(ImmutableArray<int> operands, Random random)
    {
        var thinking = Thoughtless(operands, random);
        return new(thinking, Guess(operands, random.NextDouble() < mixture.LuckyGuesses, random));
    }

    /// <summary>A number near an answer: off by little, or by ten.</summary>
    protected static int Near(int answer, Random random)
    {
        ReadOnlySpan<int> distances = answer < 20 ? [1, 2] : [1, 2, 10];
        var distance = distances[random.Next(distances.Length)];
        return random.Next(2) == 0 || answer <= distance ? answer + distance : answer - distance;
    }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number();
}
