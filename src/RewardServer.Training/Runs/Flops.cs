using RewardServer.Training.Policies;

namespace RewardServer.Training.Runs;

/// <summary>Floating-point operations by the shape of a policy (Kaplan et al. 2020, 2.1, with attention over half the sequence, for what comes later is not looked at).</summary>
internal static class Flops
{
    /// <summary>
    /// How many forward passes a step of learning is as much as: a backward pass has twice the operations of one, half of which are for the gradients of weights,
    /// which a policy that trains adapters does without.
    /// </summary>
    public static int Passes(Policy policy) => policy.Lora is null ? 3 : 2;

    /// <summary>Of a forward pass over a sequence; a backward pass has twice as many.</summary>
    /// <param name="shape">The policy's.</param>
    /// <param name="length">Tokens of the sequence.</param>
    public static double Forward(PolicyShape shape, int length) =>
        2.0 * shape.Parameters * length + 2.0 * shape.Layers * shape.Heads * shape.HeadSize * length * (length + 1.0);
}
