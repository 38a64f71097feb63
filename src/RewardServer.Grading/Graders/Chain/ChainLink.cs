namespace RewardServer.Grading.Graders.Chain;

/// <summary>What stands between two sides of a chain.</summary>
internal enum ChainLink
{
    /// <summary>Nothing that joins them: the chain ends here, and another may begin.</summary>
    None,

    /// <summary>The sign =.</summary>
    Equal,

    /// <summary>The sign ≈ or one of its like.</summary>
    Approximate,

    /// <summary>Another relation: an inequality, an arrow.</summary>
    Other,
}
