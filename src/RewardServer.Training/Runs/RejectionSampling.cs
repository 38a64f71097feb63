using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using RewardServer.Training.Recipes;
using RewardServer.Training.Reporting;

namespace RewardServer.Training.Runs;

/// <summary>A completion that is kept to be learned from.</summary>
/// <param name="Group">What was asked.</param>
/// <param name="Member">What was written.</param>
/// <param name="Hinted">Whether the right answer stood beside the question; it does not stand in <see cref="Runs.Group.Prompt"/>.</param>
internal sealed record KeptSample(Group Group, Rewarded Member, bool Hinted = false);

/// <summary>
/// Rejection sampling: of a group of completions those that are good by rules, different ones of a problem (rejection sampling fine-tuning, Yuan et al. 2023,
/// arXiv:2308.01825, section 3.3; DeepSeek-R1, Guo et al. 2025, section 2.3.3), or the best of n (RAFT, Dong et al. 2023, arXiv:2304.06767, algorithm 1).
/// </summary>
internal static class RejectionSampling
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What is kept of each group. What has no reward never is, nor what was cut off.</summary>
    /// <exception cref="RecipeException">The filter asks for a score that the rubric does not give.</exception>
    public static IEnumerable<KeptSample> Of(FilterRecipe filter, IEnumerable<Group> groups, bool hinted = false) => groups.SelectMany(group =>
    {
        // Scores before accuracy: one that the rubric does not give is told, though nothing be right.
        var good = group.Members.Where(member => member.Reward.Value is not null && Reaches(member, "format", filter.Format) && Reaches(member, "language", filter.Language)
            && (filter.Scores?.All(least => Reaches(member, least.Key, least.Value)) ?? true) && !member.Rollout.Truncated && (!filter.Accuracy || member.Reward.Right));
        return (filter.Best ? good.OrderByDescending(member => member.Reward.Value) : good)
            .DistinctBy(member => member.Text).Take(filter.PerProblem).Select(member => new KeptSample(group, member, hinted));
    });

    /// <summary>The file of a step.</summary>
    public static string FileOf(string folder, int step) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"step-{step:D6}.jsonl"));

    /// <summary>Writes what was kept: a line of JSON each, with the prompt that it is learned after, never the hint.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void Write(string path, IEnumerable<KeptSample> samples)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        RunFolder.WriteWhole(path, string.Concat(samples.Select(sample => JsonSerializer.Serialize(
            new
            {
                sample.Group.Problem.Kind,
                sample.Group.Problem.Question,
                sample.Group.Prompt,
                Completion = sample.Member.Text,
                Reward = sample.Member.Reward.Value,
                sample.Hinted,
            },
            Json) + "\n")));
    }

    private static bool Reaches(Rewarded member, string component, double? least) => least is not { } wanted
        || (member.Reward.Scores.TryGetValue(component, out var score)
            ? score >= wanted
            : throw new RecipeException("filter", [new(null, component, $"is asked for, but the rubric has no component '{component}'; there are: {string.Join(", ", member.Reward.Scores.Keys)}")]));
}
