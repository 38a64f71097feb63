namespace RewardServer.Compatibility;

/// <summary>Where a request of the owner's own shape has what is graded, and where the answer is to have the reward.</summary>
public sealed record FormOptions
{
    /// <summary>Everything that is wrong with these settings.</summary>
    public IEnumerable<string> Errors() => [];
}
