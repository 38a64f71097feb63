using FsCheck;
using FsCheck.Fluent;
using RewardServer.Training.Optimization;
using RewardServer.Training.Recipes;
using RewardServer.Training.Tests.Policies;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Optimization;

public sealed class OptimizationTests
{
    [Fact]
    public void A_step_of_AdamW_is_what_its_equations_say()
    {
        using var scope = NewDisposeScope();
        using var policy = SmallPolicy.Drawn(SmallPolicy.Shape);
        using var optimizer = new AdamW(policy.Parameters, beta1: 0.9, beta2: 0.99, epsilon: 1e-6);
        var parameters = policy.Parameters;
        var (value, decays) = (parameters.Masters[7].item<float>(), 7 < parameters.Matrices);
        Assert.True(decays);
        double mean = 0, square = 0, expected = value;
        foreach (var (gradient, step) in new[] { (0.3, 1), (-0.1, 2), (0.25, 3) })
        {
            parameters.Gradients[7] = (float)gradient;
            var norm = optimizer.Step(0.01, 0.1, maxNorm: 1);
            Assert.Equal(Math.Abs(gradient), norm, 1e-6);
            mean = 0.9 * mean + 0.1 * gradient;
            square = 0.99 * square + 0.01 * gradient * gradient;
            expected -= 0.01 * 0.1 * expected;
            expected -= 0.01 * (mean / (1 - Math.Pow(0.9, step))) / (Math.Sqrt(square / (1 - Math.Pow(0.99, step))) + 1e-6);
            Assert.Equal(expected, parameters.Masters[7].item<float>(), 1e-5);
            Assert.Equal(0, parameters.Gradients[7].item<float>());
        }
    }

    [Fact]
    public void A_gradient_longer_than_the_limit_is_cut_to_it()
    {
        using var scope = NewDisposeScope();
        using var policy = SmallPolicy.Drawn(SmallPolicy.Shape);
        using var optimizer = new AdamW(policy.Parameters);
        policy.Parameters.Gradients[0] = 30f;
        policy.Parameters.Gradients[1] = 40f;
        Assert.Equal(50, optimizer.Step(0.01, 0, maxNorm: 1), 1e-4);
        Assert.Equal(0.06, optimizer.Means[0].item<float>(), 1e-5);
    }

    [Fact]
    public void A_gradient_that_is_no_number_changes_nothing()
    {
        using var scope = NewDisposeScope();
        using var policy = SmallPolicy.Drawn(SmallPolicy.Shape);
        using var optimizer = new AdamW(policy.Parameters);
        var before = policy.Parameters.Masters.clone();
        policy.Parameters.Gradients[5] = float.NaN;
        Assert.False(double.IsFinite(optimizer.Step(0.01, 0.1, 1)));
        Assert.Equal(0, (before - policy.Parameters.Masters).abs().max().item<float>());
        Assert.Equal(0, optimizer.Steps);
    }

    [Fact]
    public void Every_sequence_is_packed_once_and_within_the_budget()
    {
        var lengths = Gen.Choose(2, 60).ListOf().Select(list => list.ToArray());
        Prop.ForAll(lengths.ToArbitrary(), all =>
        {
            TokenSequence[] sequences = [.. all.Select(length => new TokenSequence(new int[length], 1))];
            var batches = TokenBatch.Pack(sequences, 100).ToArray();
            Assert.Equal(Enumerable.Range(0, all.Length), batches.SelectMany(batch => batch.Members).Order());
            Assert.All(batches, batch => Assert.InRange(batch.Computed, 1, 100));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Sequences_that_share_a_row_do_not_see_one_another()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var policy = SmallPolicy.Drawn(SmallPolicy.OfKind("qwen3"));
        TokenSequence[] sequences = [.. Enumerable.Range(0, 20).Select(i => new TokenSequence(SmallPolicy.Tokens(5 + i, i), 2))];
        var batch = Assert.Single(TokenBatch.Pack(sequences, 512));
        Assert.True(batch.Computed < sequences.Sum(sequence => sequence.Tokens.Length) + 128);
        var together = batch.Ask(policy);
        var apart = batch.Members.Select(i => TokenBatch.Pack([sequences[i]], 8).Single().Ask(policy)).ToArray();
        Assert.Equal(apart.SelectMany(one => one.Targets.data<long>().ToArray()), together.Targets.data<long>().ToArray());
        Assert.InRange((cat([.. apart.Select(one => one.Logits)]) - together.Logits).abs().max().item<float>(), 0, 1e-5);
    }

    [Fact]
    public void Sequences_with_a_row_each_are_read_by_a_policy_of_fewer_positions_than_a_row_has()
    {
        using var scope = NewDisposeScope();
        using var policy = SmallPolicy.Drawn(SmallPolicy.Shape);
        TokenSequence[] sequences = [new(SmallPolicy.Tokens(64, 1), 1)];
        var batch = Assert.Single(TokenBatch.Pack(sequences, 512));
        Assert.Equal(64, batch.Computed);
        Assert.Equal([63, 23], batch.Ask(policy).Logits.shape);
    }

    [Theory]
    [InlineData(Decay.Constant, 1, 0.25)]
    [InlineData(Decay.Constant, 4, 1)]
    [InlineData(Decay.Constant, 100, 1)]
    [InlineData(Decay.Linear, 52, 0.55)]
    [InlineData(Decay.Linear, 100, 0.1)]
    [InlineData(Decay.Cosine, 52, 0.55)]
    [InlineData(Decay.Cosine, 100, 0.1)]
    public void The_learning_rate_rises_and_falls(Decay decay, int step, double expected) =>
        Assert.Equal(expected, new OptimizationRecipe { Steps = 100, LearningRate = 1, Warmup = 4, Decay = decay, FinalShare = 0.1 }.RateAt(step), 1e-9);

    [Fact]
    public void A_policy_learns_a_sequence_by_heart()
    {
        using var policy = SmallPolicy.Drawn(SmallPolicy.Shape);
        using var optimizer = new AdamW(policy.Parameters);
        TokenSequence[] sequences = [new(SmallPolicy.Tokens(20, 1), 1), new(SmallPolicy.Tokens(12, 2), 4)];
        double loss = 0;
        for (var step = 0; step < 150; step++)
        {
            using var scope = NewDisposeScope();
            loss = 0;
            foreach (var batch in TokenBatch.Pack(sequences, 30))
            {
                var (logits, targets) = batch.Ask(policy);
                var sum = -TokenBatch.LogProbabilities(logits, targets).sum();
                sum.backward();
                loss += sum.item<float>();
            }

            optimizer.Step(0.01, 0, 1);
        }

        Assert.True(loss < 0.5, $"the loss is still {loss}");
    }
}
