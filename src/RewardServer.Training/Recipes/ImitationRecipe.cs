using System.Collections.Immutable;

namespace RewardServer.Training.Recipes;

/// <summary>
/// Learning from one's own completions that are good: expert iteration, and STaR, which also lets the policy explain answers that it is told
/// (Zelikman et al. 2022, arXiv:2203.14465).
/// </summary>
public sealed record ImitationRecipe
{
    /// <summary>Which completions are learned from.</summary>
    public FilterRecipe Filter { get; init; } = new();

    /// <summary>Whether problems of which no completion is kept are asked again with the right answer beside them (rationalization).</summary>
    public bool Rationalize { get; init; }

    /// <summary>What is added to a question then; <c>{answer}</c> stands for the right answer.</summary>
    public string Hint { get; init; } = " {answer}";

    /// <summary>Whether each step learns from its completions anew, beginning with the policy as it was before the first.</summary>
    public bool FromBase { get; init; }
}

/// <summary>Which completions are kept: rejection sampling.</summary>
public sealed record FilterRecipe
{
    /// <summary>Whether only right ones are.</summary>
    public bool Accuracy { get; init; } = true;

    /// <summary>The least score of the rubric's component <c>format</c>, from 0 to 1; null where it does not matter.</summary>
    public double? Format { get; init; }

    /// <summary>The least score of the rubric's component <c>language</c>, from 0 to 1; null where it does not matter.</summary>
    public double? Language { get; init; }

    /// <summary>The least score of other components of the rubric, by their names, such as that of a judge; null where none matters.</summary>
    public ImmutableSortedDictionary<string, double>? Scores { get; init; }

    /// <summary>How many different ones of a problem are kept at most; at least 1.</summary>
    public int PerProblem { get; init; } = 1;

    /// <summary>Whether those with the highest reward are kept (best-of-n), and not those that were written first.</summary>
    public bool Best { get; init; }
}

/// <summary>How a student learns from a teacher.</summary>
public enum DistillationKind
{
    /// <summary>It imitates what the teacher wrote, filtered.</summary>
    Samples,

    /// <summary>It writes itself, and is drawn to what the teacher finds likely at each of its tokens.</summary>
    ReverseKl,
}

/// <summary>Learning from a teacher.</summary>
/// <param name="Teacher">Folder of the teacher's checkpoint, or <c>stage:NAME</c> for what an earlier stage made.</param>
/// <param name="Kind">How.</param>
/// <param name="Filter">Which of the teacher's completions are imitated.</param>
public sealed record DistillationRecipe(string Teacher, DistillationKind Kind, FilterRecipe Filter);
