namespace RewardServer.Tests.Cli;

public sealed class HealthTests
{
    [Theory]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://0.0.0.0:0", "--allow-anonymous")]
    [InlineData("http://[::]:0", "--allow-anonymous")]
    public async Task A_server_that_listens_is_found_healthy(string urls, params string[] flags)
    {
        await using var program = RewardServerProcess.Start(["--urls", urls, .. flags]);
        var listening = (await program.LineWithAsync("listening")).Split("listening")[1].Trim();
        var (code, output, error) = await RewardServerProcess.RunAsync("", "health", "--urls", listening);
        Assert.Equal((0, ""), (code, error));
        Assert.Contains("/healthz: 200", output);
    }

    [Fact]
    public async Task A_server_on_a_unix_socket_is_found_healthy()
    {
        var socket = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using var program = RewardServerProcess.Start("--urls", "http://unix:" + socket);
        await program.LineWithAsync("listening");
        var (code, _, error) = await RewardServerProcess.RunAsync("", "health", "--urls", "http://unix:" + socket);
        File.Delete(socket);
        Assert.Equal((0, ""), (code, error));
    }

    [Fact]
    public async Task Where_nobody_listens_the_exit_code_says_so()
    {
        // The port of discarded packets, on which nobody listens.
        var (code, _, error) = await RewardServerProcess.RunAsync("", "health", "--urls", "http://127.0.0.1:9");
        Assert.Equal(1, code);
        Assert.StartsWith("rewardserver: http://127.0.0.1:9/healthz: ", error, StringComparison.Ordinal);
    }
}
