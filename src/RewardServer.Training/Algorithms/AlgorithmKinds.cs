namespace RewardServer.Training.Algorithms;

/// <summary>How advantages are made of rewards.</summary>
public enum AdvantageKind
{
    /// <summary>Distance from the mean in standard deviations: <see cref="Advantages.Grpo"/>.</summary>
    Grpo,

    /// <summary>Distance from the mean: <see cref="Advantages.DrGrpo"/>.</summary>
    DrGrpo,

    /// <summary>Distance from the mean of the others: <see cref="Advantages.LeaveOneOut"/>.</summary>
    LeaveOneOut,

    /// <summary>Distance from the mean of the whole step: <see cref="Advantages.DrGrpo"/> of all its completions.</summary>
    Batch,

    /// <summary>Distance from the mean of earlier steps: <see cref="RunningBaseline"/>.</summary>
    Running,

    /// <summary>What each token and those after it earn, normed over the step: <see cref="GlobalNormalization"/>.</summary>
    Global,

    /// <summary>What each token and those after it earn beyond what a critic expected: <see cref="Algorithms.Gae"/>, normed over the step.</summary>
    Gae,
}

/// <summary>Where the divergence from the reference policy counts.</summary>
public enum KlPlacementKind
{
    /// <summary>It is added to the loss of each token: <see cref="KullbackLeibler.K3"/>.</summary>
    Loss,

    /// <summary>It is paid of the reward of each token: <see cref="TokenRewards"/>.</summary>
    Reward,
}

/// <summary>How the loss of a token is made of its ratio and its advantage.</summary>
public enum LossKind
{
    /// <summary>Clipped a token: <see cref="ClippedSurrogate"/>.</summary>
    Clipped,

    /// <summary>Clipped a sequence: <see cref="Algorithms.Gspo"/>.</summary>
    Gspo,

    /// <summary>A clipped weight: <see cref="Algorithms.Cispo"/>.</summary>
    Cispo,

    /// <summary>No ratio at all: <see cref="Algorithms.Reinforce"/>.</summary>
    Reinforce,
}

/// <summary>What a token's loss counts in a step.</summary>
public enum WeightingKind
{
    /// <summary>Completions count alike: <see cref="TokenWeights.PerSequence"/>.</summary>
    PerSequence,

    /// <summary>Tokens count alike: <see cref="TokenWeights.PerToken"/>.</summary>
    PerToken,

    /// <summary>Tokens count the same in every step: <see cref="TokenWeights.Constant"/>.</summary>
    Constant,
}
