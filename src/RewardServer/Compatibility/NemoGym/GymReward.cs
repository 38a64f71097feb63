using RewardServer.Grading.Rubrics;

namespace RewardServer.Compatibility.NemoGym;

/// <summary>
/// A reward with its components. NeMo-RL refuses a reward that is not their sum (nemo_rl/environments/nemo_gym.py,
/// <c>validate_reward_components_match_scalar</c>), so the reward that is sent is that very sum, added in the order in which it is sent.
/// </summary>
/// <param name="Reward">The sum.</param>
/// <param name="Components">What each component and each priced signal gave, by its name.</param>
internal sealed record GymReward(double Reward, IReadOnlyList<KeyValuePair<string, double>> Components)
{
    /// <summary>What stands for a product's, or a clip's, part in the reward: it comes with every row of such a rubric. No component can be called so.</summary>
    public const string Rest = "rest:combination";

    // Sums of doubles differ in their last digits by the order in which they are added.
    private const double Rounding = 1e-9;

    /// <summary>The reward of an item that was scored.</summary>
    /// <param name="rubric">The rubric.</param>
    /// <param name="item">The item.</param>
    public static GymReward Of(Rubric rubric, GradedItem item)
    {
        var components = item.Components.Where(component => component.Contribution is not null)
            .Select(component => KeyValuePair.Create(component.Name, component.Contribution!.Value)).ToList();
        var rest = item.Reward!.Value - Sum(components);
        if (rubric.Definition.Combine == Combination.Product || rubric.Definition.Clip is not null || Math.Abs(rest) > Rounding)
        {
            components.Add(new(Rest, rest));
        }

        return new(Sum(components), components);
    }

    private static double Sum(IEnumerable<KeyValuePair<string, double>> components) => components.Aggregate(0.0, (sum, component) => sum + component.Value);
}
