using RewardServer.Grading.Completions;

namespace RewardServer.Training.Problems;

/// <summary>Something to be asked and checked.</summary>
/// <param name="Kind">The kind that it is reported under, such as <c>addition</c>.</param>
/// <param name="Question">What is asked, without a template.</param>
/// <param name="Task">How an answer is checked.</param>
public sealed record Problem(string Kind, string Question, GradingTask Task);

/// <summary>Which part of a kind's problems: no operands occur in two of them.</summary>
public enum Split
{
    /// <summary>What a base model is pretrained on.</summary>
    Pretraining,

    /// <summary>What reinforcement learns from.</summary>
    Reinforcement,

    /// <summary>What is measured, and never trained on.</summary>
    HeldOut,
}

/// <summary>A kind of problem that is made from a seed.</summary>
public interface IProblemKind
{
    /// <summary>Its name, such as <c>countdown</c>.</summary>
    string Name { get; }

    /// <summary>The characters of its questions and texts, each once, in the order of their codes: what a tokenizer of characters must know.</summary>
    string Alphabet { get; }

    /// <summary>The most characters of a question and its text together, without a template.</summary>
    int Longest { get; }

    /// <summary>Whether it has texts to pretrain on: <see cref="Written"/> of its problems gives one.</summary>
    bool HasTexts { get; }

    /// <summary>The languages of the programs that must be run to judge its answers, by their names in <c>GET /v1/languages</c>: where they cannot be, none of its answers is judged.</summary>
    IEnumerable<string> ProgramLanguages => [];

    /// <summary>How many different problems a part has.</summary>
    int Count(Split split);

    /// <summary>A problem of a part of the kind; the same random numbers give the same problem.</summary>
    /// <exception cref="InvalidOperationException">The part is empty.</exception>
    Problem Draw(Split split, Random random);

    /// <summary>
    /// A completion of a problem of the kind as a base model has read such: reasoned in the thinking and answered, but unreliably. Some reason
    /// to the end, some guess, some slip or give up too early; what is written in each manner is fixed by the random numbers.
    /// </summary>
    /// <param name="problem">A problem that this kind gave.</param>
    /// <param name="random">What draws the manner.</param>
    /// <returns>The thinking and the answer, in the tags of R1-Zero's template, the opening one included.</returns>
    /// <exception cref="NotSupportedException">The kind has no texts.</exception>
    string Written(Problem problem, Random random);
}
