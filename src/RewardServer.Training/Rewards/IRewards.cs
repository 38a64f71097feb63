using RewardServer.Grading.Completions;

namespace RewardServer.Training.Rewards;

/// <summary>What gives completions their rewards.</summary>
public interface IRewards
{
    /// <summary>Grades completions; those of one prompt have one <see cref="Item.Group"/>.</summary>
    /// <param name="items">What is graded; the ids differ.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What each earned, in the same order.</returns>
    /// <exception cref="RewardsUnavailableException">There are none to be had, in spite of trying again.</exception>
    Task<IReadOnlyList<Reward>> OfAsync(IReadOnlyList<Item> items, CancellationToken cancellation);
}

/// <summary>What a completion earned.</summary>
/// <param name="Value">The scalar; null where its task could not be judged, or by a fault of the server: it is not trained on.</param>
/// <param name="Scores">The score of each component of the rubric, by its name; null where it has none.</param>
/// <param name="Reason">Why there is no reward; null where there is one.</param>
public sealed record Reward(double? Value, IReadOnlyDictionary<string, double?> Scores, string? Reason)
{
    /// <summary>The answer as it was read, without white space; null where none was found, or answers of its kind cannot be equal, as those of programs.</summary>
    public string? Answer { get; init; }

    /// <summary>Whether there is none by a fault of what grades, so that asking again may help; one whose task cannot be judged has none for good.</summary>
    public bool Failed { get; init; }

    /// <summary>Whether the answer was right: the score of <c>accuracy</c> is 1, or where the rubric has no such component, the reward is above 0.</summary>
    public bool Right => Scores.TryGetValue("accuracy", out var accuracy) ? accuracy >= 1 : Value > 0;
}

/// <summary>No rewards are to be had.</summary>
/// <param name="message">What was tried, and what was answered.</param>
/// <param name="cause">What broke; null where the answer itself was a refusal.</param>
public sealed class RewardsUnavailableException(string message, Exception? cause = null) : Exception(message, cause);
