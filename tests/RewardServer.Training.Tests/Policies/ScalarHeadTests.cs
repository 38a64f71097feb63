using RewardServer.Training.Checkpoints;
using RewardServer.Training.Optimization;
using RewardServer.Training.Policies;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Policies;

public sealed class ScalarHeadTests
{
    private static readonly TokenSequence[] Sequences = [.. Enumerable.Range(0, 5).Select(i => new TokenSequence(SmallPolicy.Tokens(6 + 3 * i, i), 2 + i))];

    [Theory]
    [MemberData(nameof(SmallPolicy.Kinds), MemberType = typeof(SmallPolicy))]
    public void It_begins_with_the_policys_trunk_and_says_0(string kind)
    {
        using var scope = NewDisposeScope();
        using var policy = SmallPolicy.Drawn(SmallPolicy.OfKind(kind));
        using var scalar = ScalarHead.On(policy);
        Assert.Equal(0, (policy.Parameters.Master("model.layers.1.mlp.up_proj.weight") - scalar.Parameters.Master("model.layers.1.mlp.up_proj.weight")).abs().max().item<float>());
        Assert.All(TokenBatch.Each(Sequences, 64, batch => scalar.Scores(batch.Before(scalar).Hidden)).SelectMany(one => one), value => Assert.Equal(0, value));
        Assert.Throws<InvalidOperationException>(() => policy.Scores(zeros(1, 32)));
    }

    [Fact]
    public void Numbers_of_tokens_come_back_to_their_sequences_however_they_are_packed()
    {
        using var scope = NewDisposeScope();
        using var scalar = Drawn();
        var apart = Sequences.Select(sequence => TokenBatch.Each([sequence], 8, batch => scalar.Scores(batch.Before(scalar).Hidden))[0]).ToArray();
        foreach (var budget in new[] { 20, 64, 512 })
        {
            var packed = TokenBatch.Each(Sequences, budget, batch => scalar.Scores(batch.Before(scalar).Hidden));
            Assert.All(apart.Zip(packed), pair => AreClose(pair.First, pair.Second));
        }

        Assert.Equal(Sequences.Select(sequence => sequence.Tokens.Length - sequence.Given), apart.Select(one => one.Length));
    }

    [Fact]
    public void The_end_of_a_sequence_has_seen_its_last_token()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var scalar = Drawn();
        var batch = Assert.Single(TokenBatch.Pack(Sequences, 512));
        var ends = scalar.Scores(batch.Ends(scalar)).data<float>().ToArray();
        var alone = batch.Members.Select(i => scalar.Scores(scalar.Hidden(tensor(Sequences[i].Tokens.Select(token => (long)token).ToArray(), [1, Sequences[i].Tokens.Length])))[0, -1].item<float>()).ToArray();
        AreClose(alone, ends);
    }

    [Fact]
    public void A_checkpoint_of_it_is_read_as_it_was_written()
    {
        using var folder = new TemporaryFolder();
        using var scalar = Drawn();
        Checkpoint.Write(scalar, null, folder.Path);
        using var read = Checkpoint.Read(folder.Path, CPU);
        Assert.Equal(scalar.Shape, read.Shape);
        Assert.Equal(scalar.Parameters.Masters.data<float>().ToArray(), read.Parameters.Masters.data<float>().ToArray());
        Assert.Contains("LlamaForSequenceClassification", File.ReadAllText(Path.Combine(folder.Path, "config.json")), StringComparison.Ordinal);
    }

    private static Policy Drawn() => SmallPolicy.Drawn(SmallPolicy.Shape with { ScalarHead = true });

    private static void AreClose(float[] expected, float[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second, pair.First - 1e-4, pair.First + 1e-4));
}
