using RewardServer.Grading.Graders;
using RewardServer.Grading.Rubrics;
using RewardServer.Grading.Rubrics.Explaining;

namespace RewardServer.Compatibility.OpenRlhf;

/// <summary>
/// The score, from 0 to 1, by whose mean OpenRLHF's dynamic filtering drops a prompt: one whose answers are all at 0, or all at 1
/// (openrlhf/trainer/ppo_utils/samples_generator.py). It is that of accuracy, as in DAPO (arXiv:2503.14476, section 3.2), where the
/// rubric has such a component; a sum of accuracy and format would keep prompts whose answers are all wrong, and tidy.
/// </summary>
internal sealed class FilterScore
{
    private const string Reward = "reward";

    private readonly string? component;
    private readonly ScoreRange range;
    private readonly ScoreRange rewards;

    private FilterScore(string? component, ScoreRange range, ScoreRange rewards) => (this.component, this.range, this.rewards) = (component, range, rewards);

    /// <summary>The score of a rubric.</summary>
    /// <param name="rubric">The rubric.</param>
    /// <param name="wish">A component's name, or "reward" for the reward between the rubric's lowest and highest; null for accuracy, else the reward.</param>
    /// <returns>It; or why there is none.</returns>
    public static (FilterScore? Score, string? Error) Of(Rubric rubric, string? wish)
    {
        var rewards = RewardRange.Of(rubric);
        var component = rubric.Components.FirstOrDefault(component => wish is null ? component.Kind.Name == "accuracy" : component.Name == wish);
        return component is not null ? (new(component.Name, component.Grader.Range, rewards), null)
            : wish is null or Reward ? (new(null, default, rewards), null)
            : (null, $"'{wish}' is no component of rubric '{rubric.Definition.Name}'; there are: {string.Join(", ", rubric.Components.Select(one => one.Name))}, and reward");
    }

    /// <summary>The score of an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="reward">Its reward.</param>
    public double For(GradedItem item, double reward) =>
        item.Components.FirstOrDefault(one => one.Name == component)?.Score is { } score ? Within(range, score) : Within(rewards, reward);

    private static double Within(ScoreRange range, double value) =>
        Math.Clamp(range.High > range.Low ? (value - range.Low) / (range.High - range.Low) : value, 0, 1);
}
