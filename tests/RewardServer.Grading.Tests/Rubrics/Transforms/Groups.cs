using System.Collections.Immutable;
using System.Text.Json;
using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics.Transforms;

namespace RewardServer.Grading.Tests.Rubrics.Transforms;

/// <summary>Transforms groups that are given by their rewards or texts.</summary>
internal static class Groups
{
    /// <summary>A transform of a rubric with the component "accuracy".</summary>
    public static IGroupTransform Transform(string name, string options = "{}") =>
        TransformCatalog.Find(name)!.Create(new(["accuracy"]), JsonElement.Parse(options));

    /// <summary>A group with these rewards, which are the scores of "accuracy", too.</summary>
    public static ImmutableArray<RewardedMember> OfRewards(params IEnumerable<double> rewards) =>
        [.. rewards.Select(reward => new RewardedMember(Items.Math("", "5"), reward, Verdicts.None.With("accuracy", Verdict.Scored(reward, ""))))];

    /// <summary>A group with these completions.</summary>
    public static ImmutableArray<RewardedMember> OfTexts(params IEnumerable<string> texts) =>
        [.. texts.Select(text => new RewardedMember(Items.Math(text, "5"), 0, Verdicts.None))];

    /// <summary>A group with so many tokens each.</summary>
    public static ImmutableArray<RewardedMember> OfTokens(params IEnumerable<int?> tokens) =>
        [.. tokens.Select(count => new RewardedMember(Items.Math("one two", "5") with { CompletionTokens = count }, 0, Verdicts.None))];

    /// <summary>The values that a transform gives to a group with these rewards, none of them null.</summary>
    public static double[] Values(this IGroupTransform transform, params IEnumerable<double> rewards) =>
        [.. transform.Apply(OfRewards(rewards)).Select(value => value!.Value)];

    /// <summary>Whether two rows of numbers are the same to a share of the larger.</summary>
    public static bool AreClose(IReadOnlyList<double> one, IReadOnlyList<double> other) =>
        one.Count == other.Count && one.Zip(other).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-9 * (1 + Math.Abs(pair.First)));
}
