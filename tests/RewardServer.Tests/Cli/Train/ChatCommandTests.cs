namespace RewardServer.Tests.Cli.Train;

[Collection(nameof(TinyRun))]
public sealed class ChatCommandTests(TinyRun tiny)
{
    private Task<(int ExitCode, string Output, string Error)> ChatAsync(string input, params string[] arguments) =>
        tiny.AskAsync(input, ["chat", tiny.Checkpoint, "--threads", "1", "--max-tokens", "16", .. arguments]);

    [Fact]
    public async Task Each_line_is_answered_and_one_that_cannot_be_read_is_told()
    {
        var (code, output, error) = await ChatAsync("1+2=?\n1+2=\u00e9\n3+4=?\n");
        Assert.True(code == 0, error);
        var lines = output.TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("[No token stands for ", lines[1], StringComparison.Ordinal);
        Assert.Contains("U+00E9", lines[1], StringComparison.Ordinal);
        Assert.All([lines[0], lines[2]], line => Assert.DoesNotContain("No token", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_seed_answers_the_same()
    {
        var first = await ChatAsync("1+2=?\n1+2=?\n", "--temperature", "1", "--seed", "5");
        var second = await ChatAsync("1+2=?\n1+2=?\n", "--temperature", "1", "--seed", "5");
        Assert.Equal(0, first.ExitCode);
        Assert.Equal(first.Output, second.Output);
    }

    [Fact]
    public async Task A_question_that_is_too_long_is_told_and_the_next_answered()
    {
        var (code, output, error) = await ChatAsync($"{new string('1', 200)}\n1+2=?\n");
        Assert.True(code == 0, error);
        var lines = output.TrimEnd('\n').Split('\n');
        Assert.Equal("[the prompt is 202 tokens long, and the policy reads 96]", lines[0]);
        Assert.Equal(2, lines.Length);
    }

    [Theory]
    [InlineData("--max-tokens", "0")]
    [InlineData("--temperature", "-1")]
    public async Task Options_that_cannot_be_used_are_told(string option, string value)
    {
        var (code, output, error) = await tiny.AskAsync("1+2=?\n", "chat", tiny.Checkpoint, option, value);
        Assert.Equal((2, ""), (code, output));
        Assert.StartsWith($"rewardserver: {option}: must be ", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_a_checkpoint_is_told()
    {
        var folder = Directory.CreateDirectory(tiny.File("no-checkpoint")).FullName;
        var (code, output, error) = await tiny.AskAsync("1+2=?\n", "chat", folder);
        Assert.Equal((2, ""), (code, output));
        Assert.Contains(folder, error, StringComparison.Ordinal);
    }
}
