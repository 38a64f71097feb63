using RewardServer.Grading.Tests;
using RewardServer.Sandboxing;
using RewardServer.Sandboxing.Pooling;

[assembly: AssemblyFixture(typeof(SharedSandbox))]

namespace RewardServer.Grading.Tests;

/// <summary>One sandbox for all tests of this project.</summary>
public sealed class SharedSandbox : IAsyncLifetime
{
    public SandboxPool Pool { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Pool = await SandboxPool.StartAsync(new SandboxOptions(), TimeProvider.System, CancellationToken.None);

    public ValueTask DisposeAsync() => Pool.DisposeAsync();

    /// <summary>Skips the test where no program can be run.</summary>
    public void Need() => Assert.SkipUnless(Pool.Engine.Available, $"no sandbox: {Pool.Engine.Reason}");
}
