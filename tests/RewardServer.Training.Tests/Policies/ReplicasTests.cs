using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using RewardServer.Training.Rollouts;
using RewardServer.Training.Tensors;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Policies;

public sealed class ReplicasTests
{
    private static readonly TokenSequence[] Sequences = [.. Enumerable.Range(0, 21).Select(i => new TokenSequence(SmallPolicy.Tokens(5 + 7 * i % 40, i), 1 + i % 3))];

    private static Device[] Further(int count) => [.. Enumerable.Repeat(CPU, count)];

    private static double Loss(Policy policy, TokenBatch batch)
    {
        var loss = -batch.LogProbabilitiesOf(policy).sum();
        policy.Backward(loss);
        return loss.item<float>();
    }

    private static float[] Gradients(int further, int budget, out double loss)
    {
        using var policy = SmallPolicy.Drawn(SmallPolicy.OfKind("qwen3"));
        using var replicas = new Replicas(policy, Further(further));
        loss = replicas.Backward(Sequences, budget, Loss).Sum();
        return [.. policy.Parameters.Gradients.data<float>()];
    }

    [Theory]
    [InlineData(1, 128)]
    [InlineData(2, 128)]
    [InlineData(4, 4096)]
    public void Gradients_of_several_devices_are_those_of_one(int further, int budget)
    {
        var expected = Gradients(0, budget, out var loss);
        var largest = expected.Max(Math.Abs);
        var shared = Gradients(further, budget, out var sum);
        Assert.Equal(loss, sum, loss * 1e-6);
        // Sums of another order, in fp32.
        Assert.All(expected.Zip(shared), pair => Assert.Equal(pair.First, pair.Second, largest * 1e-5));
    }

    [Fact]
    public void Gradients_are_summed_in_one_order() => Assert.Equal(Gradients(2, 128, out var first), Gradients(2, 128, out first));

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void Copies_compute_with_what_the_policy_has_learned(ScalarType type)
    {
        using var policy = new Policy(SmallPolicy.Shape, CPU, type);
        policy.Initialise(1);
        using var replicas = new Replicas(policy, Further(2));
        using var optimizer = new AdamW(policy.Parameters);
        for (var step = 0; step < 3; step++)
        {
            _ = replicas.Backward(Sequences, 128, Loss).Sum();
            Assert.True(double.IsFinite(optimizer.Step(0.01, 0.1, 1)));
            var told = replicas.Each((one, _, _) =>
            {
                using var grad = no_grad();
                return TokenBatch.Each(Sequences, 512, batch => batch.LogProbabilitiesOf(one)).SelectMany(numbers => numbers).ToArray();
            }, TestContext.Current.CancellationToken);
            Assert.Equal(told[0], told[1]);
            Assert.Equal(told[0], told[2]);
            Assert.All(replicas.Each((one, _, _) => one.Parameters.Gradients.count_nonzero().item<long>(), TestContext.Current.CancellationToken), count => Assert.Equal(0, count));
        }
    }

    [Fact]
    public void What_is_asked_of_every_token_does_not_depend_on_how_many_devices_tell_it()
    {
        using var policy = SmallPolicy.Drawn(SmallPolicy.Shape);
        float[][] Told(int further)
        {
            using var replicas = new Replicas(policy, Further(further));
            return replicas.Numbers(Sequences, 128, (one, batch) => batch.LogProbabilitiesOf(one));
        }

        Assert.All(Told(0).Zip(Told(2)), pair =>
        {
            Assert.Equal(pair.First.Length, pair.Second.Length);
            Assert.All(pair.First.Zip(pair.Second), numbers => Assert.Equal(numbers.First, numbers.Second, 1e-4));
        });
    }

    [Fact]
    public void Completions_do_not_depend_on_how_many_devices_write_them()
    {
        using var policy = SmallPolicy.Drawn(SmallPolicy.Shape);
        int[][] prompts = [.. Enumerable.Range(0, 37).Select(i => SmallPolicy.Tokens(2 + i % 7, i))];
        var options = new SamplingOptions { MaxTokens = 30, Seed = 5, TopP = 0.95, MaxSequences = 16 };
        Rollout[] Written(int further)
        {
            using var replicas = new Replicas(policy, Further(further));
            return replicas.Generate(new HashSet<int> { 0 }, prompts, options, TestContext.Current.CancellationToken);
        }

        var two = Written(1);
        Assert.Equal(prompts, two.Select(one => one.Prompt));
        Assert.Equal(two.Select(one => one.Tokens), Written(2).Select(one => one.Tokens));
        Assert.Equal(two.Select(one => one.Tokens), Written(4).Select(one => one.Tokens));
        // Those of a device alone, where each draws from its own numbers.
        var alone = Generation.Generate(policy, new HashSet<int> { 0 }, prompts, options with { Numbers = [.. Enumerable.Range(0, 37)] }, TestContext.Current.CancellationToken);
        Assert.Equal(two.Select(one => one.Tokens), alone.Select(one => one.Tokens));
        // Equal prompts get different completions.
        Assert.True(two.Where((_, i) => i % 7 == 0).Select(one => string.Join(' ', one.Tokens)).Distinct().Count() > 1);
    }

    [Fact]
    public void A_policy_without_copies_writes_what_it_writes_alone()
    {
        using var policy = SmallPolicy.Drawn(SmallPolicy.Shape);
        using var replicas = new Replicas(policy);
        int[][] prompts = [.. Enumerable.Range(0, 20).Select(i => SmallPolicy.Tokens(3, i))];
        var options = new SamplingOptions { MaxTokens = 20, Seed = 5 };
        Assert.Equal(
            Generation.Generate(policy, new HashSet<int> { 0 }, prompts, options, TestContext.Current.CancellationToken).Select(one => one.Tokens),
            replicas.Generate(new HashSet<int> { 0 }, prompts, options, TestContext.Current.CancellationToken).Select(one => one.Tokens));
    }

    [Fact]
    public void What_fails_on_one_device_ends_the_others_and_is_told()
    {
        using var policy = SmallPolicy.Drawn(SmallPolicy.Shape);
        using var replicas = new Replicas(policy, Further(2));
        var exception = Assert.Throws<InvalidDataException>(() => replicas.Each<int>((_, replica, ended) =>
        {
            if (replica == 1)
            {
                throw new InvalidDataException("the second");
            }

            ended.WaitHandle.WaitOne();
            throw new OperationCanceledException(ended);
        }, TestContext.Current.CancellationToken));
        Assert.Equal("the second", exception.Message);
        using var given = new CancellationTokenSource();
        given.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => replicas.Generate(new HashSet<int> { 0 }, [[1, 2], [3, 4]], new() { MaxTokens = 5, Seed = 1 }, given.Token));
    }

    [Fact]
    public void Beside_each_of_a_policys_copies_is_the_other_policys_on_the_same_device()
    {
        using var student = SmallPolicy.Drawn(SmallPolicy.Shape);
        using var teacher = SmallPolicy.Drawn(SmallPolicy.OfKind("qwen2"));
        using var students = new Replicas(student, Further(2));
        using var teachers = new Replicas(teacher, Further(2));
        var cancellation = TestContext.Current.CancellationToken;
        // Each of the teacher's has a number of its own, by which it is told.
        _ = teachers.Each((policy, replica, _) => policy.Parameters.Masters.Fill(replica).numel(), cancellation);
        Assert.Equal([0, 1, 2], students.Each((policy, _, _) => teachers.Beside(students, policy).Parameters.Masters.max().item<float>(), cancellation));
        Assert.Same(teacher, teachers.Beside(students, student));
        Assert.Throws<ArgumentException>("policy", () => teachers.Beside(students, teacher));
    }

    [Fact]
    public void Things_are_dealt_so_that_all_have_about_equally_much()
    {
        Assert.Equal([[2, 4], [0, 1, 3, 5]], ReplicaPasses.Deal([5, 1, 9, 4, 4, 1], 2));
        Assert.Equal([[0], [], []], ReplicaPasses.Deal([3], 3));
        Assert.Equal([[0, 1, 2]], ReplicaPasses.Deal([1, 2, 3], 1));
    }
}
