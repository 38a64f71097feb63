using System.Collections.Immutable;
using RewardServer.Grading.Graders.Reflection;
using RewardServer.Training.Algorithms;
using RewardServer.Training.Policies;
using RewardServer.Training.Reporting;

namespace RewardServer.Training.Runs;

/// <summary>What the completions of a step were like, in numbers.</summary>
internal static class RolloutSummary
{
    /// <summary>Sums up completions.</summary>
    /// <param name="members">All of the step.</param>
    /// <param name="withoutSpread">Share of groups whose rewards are all equal.</param>
    /// <param name="shape">The policy's.</param>
    /// <param name="clock">What generating and waiting for rewards took.</param>
    /// <param name="beside">What was written beside them, and costs alone.</param>
    private static RolloutMetrics Of(IReadOnlyList<Rewarded> members, double withoutSpread, PolicyShape shape, LoopClock clock, IReadOnlyList<Rewarded> beside)
    {
        var rewards = members.Select(member => member.Reward.Value).OfType<double>().ToArray();
        var mean = rewards.DefaultIfEmpty().Average();
        long tokens = members.Sum(member => (long)member.Rollout.Tokens.Length);
        return new RolloutMetrics
        {
            Completions = rewards.Length,
            Unrewarded = members.Count - rewards.Length,
            Reward = mean,
            RewardDeviation = Math.Sqrt(rewards.Select(reward => (reward - mean) * (reward - mean)).DefaultIfEmpty().Average()),
            Components = Components(members),
            CompletionTokens = (double)tokens / members.Count,
            Truncated = members.Average(member => member.Rollout.Truncated ? 1.0 : 0),
            // What is drawn from a distribution is, on the mean, as improbable as its entropy says.
            Entropy = -members.Sum(member => member.Rollout.LogProbabilities.Sum(probability => (double)probability)) / tokens,
            Clipped = 0,
            WithoutSpread = withoutSpread,
            ReflectionWords = members.Average(member => (double)ReflectionDetails.Of(member.Text).Count),
            GeneratedTokens = tokens + beside.Sum(member => (long)member.Rollout.Tokens.Length),
            GenerationSeconds = clock.Generating.Elapsed.TotalSeconds,
            RewardSeconds = clock.Rewarding.Elapsed.TotalSeconds,
            GenerationFlops = members.Concat(beside).Sum(member => Flops.Forward(shape, member.Rollout.Length)),
        };
    }

    /// <summary>Sums up groups.</summary>
    /// <param name="groups">All of the step.</param>
    /// <param name="shape">The measures of who wrote them.</param>
    /// <param name="clock">What generating and waiting for rewards took.</param>
    /// <param name="beside">Groups that were written beside them, which cost, and are not summed up else.</param>
    public static RolloutMetrics Of(IReadOnlyList<Group> groups, PolicyShape shape, LoopClock clock, IReadOnlyList<Group>? beside = null) => Of(
        [.. groups.SelectMany(group => group.Members)],
        groups.Count(group => !DynamicSampling.HasSpread(group.Rewards)) / (double)groups.Count,
        shape,
        clock,
        [.. (beside ?? []).SelectMany(group => group.Members)]);

    private static ImmutableSortedDictionary<string, double> Components(IReadOnlyList<Rewarded> members) =>
        members.SelectMany(member => member.Reward.Scores)
            .Where(score => score.Value is not null)
            .GroupBy(score => score.Key, score => score.Value!.Value)
            .ToImmutableSortedDictionary(scores => scores.Key, scores => scores.Average());
}
