using static TorchSharp.torch;

namespace RewardServer.Training.Checkpoints;

/// <summary>A tensor that is to be written.</summary>
/// <param name="Name">Such as <c>model.norm.weight</c>.</param>
/// <param name="Dimensions">None for a single number.</param>
/// <param name="Make">Gives it when it is its turn, in a scope that ends when it is written.</param>
internal sealed record WrittenTensor(string Name, long[] Dimensions, Func<Tensor> Make);
