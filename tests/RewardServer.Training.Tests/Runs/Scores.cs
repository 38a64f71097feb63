using RewardServer.Grading.Completions;
using RewardServer.Training.Rewards;

namespace RewardServer.Training.Tests.Runs;

/// <summary>Rewards by what a test says of a completion, in the place of rules that a policy of a few steps never meets.</summary>
internal sealed class Scores(Func<Item, double> of) : IRewards
{
    /// <summary>Some completions are right, by their length: the same ones always.</summary>
    public static Scores Some() => new(item => item.CompletionTokens % 3 == 0 ? 0 : 1);

    public Task<IReadOnlyList<Reward>> OfAsync(IReadOnlyList<Item> items, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<Reward>>([.. items.Select(item =>
        {
            var score = of(item);
            return new Reward(score, new Dictionary<string, double?> { ["accuracy"] = score, ["format"] = 1, ["language"] = 1 }, null);
        })]);
}
