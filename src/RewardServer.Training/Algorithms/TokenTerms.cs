using static TorchSharp.torch;

namespace RewardServer.Training.Algorithms;

/// <summary>
/// What a loss sees of some whole sequences: one entry for each token of their completions, of all sequences end to end (N tokens of S sequences).
/// </summary>
/// <param name="LogProbabilities">Of each token under the policy that is being trained: [N], fp32, with gradients.</param>
/// <param name="Behaviour">Of each token under the policy that wrote it: [N], fp32, without gradients.</param>
/// <param name="Advantages">Of each token's sequence: [N], fp32.</param>
/// <param name="Sequences">Which sequence each token belongs to, from 0: [N], int64, rising.</param>
/// <param name="Lengths">Tokens of each completion: [S], fp32.</param>
public sealed record TokenTerms(Tensor LogProbabilities, Tensor Behaviour, Tensor Advantages, Tensor Sequences, Tensor Lengths);

/// <summary>What a loss gives.</summary>
/// <param name="Values">The loss of each token, before it is weighed: [N], with gradients. To be made small.</param>
/// <param name="Clipped">1 for each token whose ratio was clipped, else 0: [N]. Such a token has no gradient, but under CISPO.</param>
public sealed record TokenLosses(Tensor Values, Tensor Clipped);
