using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using RewardServer.Training.Rollouts;
using RewardServer.Training.Tensors;
using RewardServer.Training.Tests.Policies;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace RewardServer.Training.Tests.Rollouts;

public sealed class GenerationTests
{
    private const int End = 0;

    private static readonly SamplingOptions Options = new() { MaxTokens = 30, Seed = 5 };

    private static IReadOnlyList<int[]> Prompts(int count) => [.. Enumerable.Range(0, count).Select(i => SmallPolicy.Tokens(2 + i % 7, i).Select(token => Math.Max(token, 1)).ToArray())];

    private static Rollout[] Written(Policy policy, IReadOnlyList<int[]> prompts, SamplingOptions options) =>
        Generation.Generate(policy, new HashSet<int> { End }, prompts, options, TestContext.Current.CancellationToken);

    [Theory]
    [MemberData(nameof(SmallPolicy.Kinds), MemberType = typeof(SmallPolicy))]
    public void Log_probabilities_are_those_that_training_computes(string kind)
    {
        using var policy = SmallPolicy.Drawn(SmallPolicy.OfKind(kind));
        var rollouts = Written(policy, Prompts(40), Options);
        Assert.Contains(rollouts, rollout => rollout.Truncated);
        Assert.Contains(rollouts, rollout => !rollout.Truncated);
        foreach (var batch in TokenBatch.Pack([.. rollouts.Select(rollout => new TokenSequence([.. rollout.Prompt, .. rollout.Tokens], rollout.Prompt.Length))], 256))
        {
            using var scope = NewDisposeScope();
            using var _ = no_grad();
            var (logits, targets) = batch.Ask(policy);
            var computed = TokenBatch.LogProbabilities(logits, targets).data<float>().ToArray();
            var generated = batch.Members.SelectMany(i => rollouts[i].LogProbabilities).ToArray();
            Assert.Equal(generated.Length, computed.Length);
            Assert.All(computed.Zip(generated), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        }
    }

    [Fact]
    public void A_completion_ends_with_its_end_or_is_cut_off_at_the_limit()
    {
        using var policy = SmallPolicy.Drawn(SmallPolicy.Shape);
        foreach (var rollout in Written(policy, Prompts(60), Options))
        {
            Assert.Equal(rollout.Truncated, !rollout.Tokens.Contains(End));
            Assert.True(rollout.Truncated ? rollout.Tokens.Length == 30 : Array.IndexOf(rollout.Tokens, End) == rollout.Tokens.Length - 1);
            Assert.Equal(rollout.Tokens.Length, rollout.LogProbabilities.Length);
        }
    }

    [Fact]
    public void Any_of_several_tokens_ends_a_completion()
    {
        using var policy = SmallPolicy.Drawn(SmallPolicy.Shape);
        var ends = new HashSet<int> { End, 5, 7 };
        var rollouts = Generation.Generate(policy, ends, Prompts(60), Options, TestContext.Current.CancellationToken);
        Assert.All(rollouts, rollout => Assert.DoesNotContain(rollout.Tokens[..^1], ends.Contains));
        Assert.Contains(rollouts, rollout => rollout.Tokens[^1] == 7 && !rollout.Truncated);
    }

    [Fact]
    public void Greedy_completions_do_not_depend_on_who_else_is_in_the_batch()
    {
        using var policy = SmallPolicy.Drawn(SmallPolicy.Shape);
        var greedy = Options with { Temperature = 0 };
        var together = Written(policy, Prompts(30), greedy);
        var apart = Prompts(30).Select(prompt => Written(policy, [prompt], greedy)[0]);
        Assert.Equal(apart.Select(rollout => rollout.Tokens), together.Select(rollout => rollout.Tokens));
    }

    [Fact]
    public void The_same_seed_gives_the_same_completions_and_another_seed_others()
    {
        using var policy = SmallPolicy.Drawn(SmallPolicy.Shape);
        int[][] With(long seed) => [.. Written(policy, Prompts(30), Options with { Seed = seed, MaxSequences = 8 }).Select(rollout => rollout.Tokens)];
        Assert.Equal(With(1), With(1));
        Assert.NotEqual(With(1), With(2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public void What_sequences_draw_does_not_depend_on_how_many_are_written_at_once(int most)
    {
        using var policy = SmallPolicy.Drawn(SmallPolicy.Shape);
        policy.SequencesAtOnce = 16;
        var expected = Written(policy, Prompts(40), Options);
        policy.SequencesAtOnce = most;
        var rollouts = Written(policy, Prompts(40), Options);
        Assert.Equal(expected.Select(rollout => rollout.Tokens), rollouts.Select(rollout => rollout.Tokens));
        Assert.NotEqual(rollouts.Select(rollout => rollout.Tokens), Written(policy, Prompts(40), Options with { Seed = 6 }).Select(rollout => rollout.Tokens));
    }

    [Fact]
    public void Tokens_are_drawn_as_often_as_their_probabilities_say()
    {
        using var scope = NewDisposeScope();
        var logits = tensor(new[] { 0f, 1f, 2f, -1f }).unsqueeze(0).expand(20_000, 4);
        using var sampler = new TokenSampler(Options with { Temperature = 0.7 }, CPU);
        var (tokens, probabilities) = sampler.Draw(logits);
        var expected = F.softmax(tensor(new[] { 0f, 1f, 2f, -1f }).Over(0.7), -1).data<float>().ToArray();
        for (var token = 0; token < 4; token++)
        {
            // Five deviations of a share of 20,000.
            Assert.Equal(expected[token], tokens.eq(tensor((long)token)).mean([0], type: ScalarType.Float32).item<float>(), 5 * Math.Sqrt(expected[token] * (1 - expected[token]) / 20_000));
        }

        Assert.Equal(MathF.Log(expected[tokens[0].item<long>()]), probabilities[0].item<float>(), 1e-4);
    }

    [Theory]
    [InlineData(2, 1.0, new[] { 1L, 2L })]
    [InlineData(0, 0.6, new[] { 2L })]
    [InlineData(0, 0.8, new[] { 1L, 2L })]
    [InlineData(3, 0.8, new[] { 1L, 2L })]
    [InlineData(0, 0.01, new[] { 2L })]
    public void Top_k_and_top_p_leave_only_the_likeliest(int topK, double topP, long[] left)
    {
        using var scope = NewDisposeScope();
        // Probabilities 0.087, 0.237, 0.644, 0.032.
        var logits = tensor(new[] { 0f, 1f, 2f, -1f }).unsqueeze(0).expand(2_000, 4);
        using var sampler = new TokenSampler(Options with { TopK = topK, TopP = topP }, CPU);
        var (tokens, _) = sampler.Draw(logits);
        Assert.Equal(left, tokens.data<long>().ToArray().Distinct().Order());
    }

    [Fact]
    public void A_prompt_that_leaves_no_room_is_refused()
    {
        using var policy = SmallPolicy.Drawn(SmallPolicy.Shape);
        Assert.Throws<PromptLengthException>(() => Written(policy, [new int[40]], Options));
        Assert.Throws<ArgumentException>(() => Written(policy, [[]], Options));
    }
}
