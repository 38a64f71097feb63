using RewardServer.Sandboxing.Runs;

namespace RewardServer.Sandboxing.Tests;

public sealed class OrdinaryPrograms(RunningSandbox sandbox) : IClassFixture<RunningSandbox>
{
    [Fact]
    public async Task A_program_prints()
    {
        var result = await sandbox.Python("print('hello')");
        Assert.True(result.Status == RunStatus.Ok, result.Told());
        Assert.Equal("hello\n", result.Out());
        Assert.Equal(0, result.ExitCode);
        Assert.InRange(result.UserSeconds + result.SystemSeconds, 0.001, 2);
        Assert.InRange(result.PeakMemoryMb, 1, 100);
        Assert.Equal(6, result.StdoutBytes);
    }
}
