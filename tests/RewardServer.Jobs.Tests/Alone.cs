namespace RewardServer.Jobs.Tests;

/// <summary>Tests that measure the memory of the process: no other may run beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
