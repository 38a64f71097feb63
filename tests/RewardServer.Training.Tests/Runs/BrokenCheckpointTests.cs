using RewardServer.Training.Checkpoints;
using static TorchSharp.torch;

namespace RewardServer.Training.Tests.Runs;

/// <summary>A run that goes on from a checkpoint that was changed is refused: it would learn something else without a word.</summary>
public sealed class BrokenCheckpointTests
{
    [Theory]
    [InlineData("{}", "is of step 0 of '', and the folder is step-000002")]
    [InlineData("""{"phase":"foo","step":2,"seconds":1}""", "is of step 2 of 'foo', and the folder is step-000002")]
    [InlineData("""{"phase":"reinforcement","step":4,"seconds":1}""", "is of step 4 of 'reinforcement', and the folder is step-000002")]
    [InlineData("""{"phase":"reinforcement","step":-2,"seconds":1}""", "is of step -2 of 'reinforcement', and the folder is step-000002")]
    [InlineData("nothing", "state.json: ")]
    public async Task A_state_that_is_not_the_folders_is_told(string state, string error)
    {
        using var small = new SmallRun();
        await small.RunAsync(Short);
        await File.WriteAllTextAsync(Path.Combine(Newest(small), "state.json"), state, TestContext.Current.CancellationToken);
        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => small.RunAsync(Short, resume: true));
        Assert.Contains(error, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Means_of_another_optimizer_are_told()
    {
        using var small = new SmallRun();
        await small.RunAsync(Short);
        var file = Path.Combine(Newest(small), "optimizer.safetensors");
        foreach (var others in (KeyValuePair<string, Tensor>[][])[[new("other", ones(3))], [new("means", ones(3)), new("squares", ones(3))]])
        {
            SafeTensors.Write(file, others, ScalarType.Float32);
            var exception = await Assert.ThrowsAsync<InvalidDataException>(() => small.RunAsync(Longer, resume: true));
            Assert.Contains($"{file} has not the means of this policy's optimizer: ", exception.Message, StringComparison.Ordinal);
        }
    }

    private static string Short { get; } = SmallRun.Yaml.Replace("steps: 6,", "steps: 2,", StringComparison.Ordinal);

    private static string Longer { get; } = SmallRun.Yaml.Replace("steps: 6,", "steps: 4,", StringComparison.Ordinal);

    private static string Newest(SmallRun small) => Path.Combine(small.Folder, "checkpoints", "step-000002");
}
