using RewardServer.Training.Policies;
using RewardServer.Training.Tensors;
using static TorchSharp.torch;

namespace RewardServer.Training.Optimization;

/// <summary>AdamW (Loshchilov and Hutter 2019, algorithm 2) over the whole buffer of parameters at once; weights decay in matrices alone.</summary>
/// <param name="parameters">What is optimised.</param>
/// <param name="beta1">How slowly the mean of gradients forgets.</param>
/// <param name="beta2">How slowly the mean of their squares forgets.</param>
/// <param name="epsilon">What is added to the root of the latter.</param>
public sealed class AdamW(ParameterBuffer parameters, double beta1 = 0.9, double beta2 = 0.95, double epsilon = 1e-8) : IDisposable
{
    /// <summary>The mean of gradients so far, end to end like the parameters.</summary>
    public Tensor Means { get; } = zeros_like(parameters.Masters).DetachFromDisposeScope();

    /// <summary>The mean of their squares so far.</summary>
    public Tensor Squares { get; } = zeros_like(parameters.Masters).DetachFromDisposeScope();

    /// <summary>Steps taken.</summary>
    public long Steps { get; set; }

    /// <summary>Takes a step along the gradients that were gathered, and sets them to 0.</summary>
    /// <param name="learningRate">How far.</param>
    /// <param name="weightDecay">The share of each matrix, times the learning rate, that is taken off.</param>
    /// <param name="maxNorm">The norm that the gradient is cut to where it is larger.</param>
    /// <returns>The norm of the gradient before; not finite where it holds what is no number: then no step was taken, and the gradients are left.</returns>
    public double Step(double learningRate, double weightDecay, double maxNorm)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var gradients = parameters.Gradients;
        var norm = gradients.norm().item<float>();
        if (!float.IsFinite(norm))
        {
            return norm;
        }

        if (norm > maxNorm)
        {
            gradients.Scale(maxNorm / norm);
        }

        Steps++;
        Means.Scale(beta1).Add(gradients, 1 - beta1);
        Squares.Scale(beta2).AddProduct(gradients, gradients, 1 - beta2);
        var roots = Squares.sqrt().Scale(1 / Math.Sqrt(1 - Math.Pow(beta2, Steps))).Raise(epsilon);
        parameters.Masters.narrow(0, 0, parameters.Matrices).Scale(1 - learningRate * weightDecay);
        parameters.Masters.AddQuotient(Means, roots, -learningRate / (1 - Math.Pow(beta1, Steps)));
        gradients.zero_();
        parameters.Publish();
        return norm;
    }

    /// <summary>Forgets all steps, as if it were new.</summary>
    public void Reset()
    {
        using var _ = no_grad();
        Means.zero_();
        Squares.zero_();
        Steps = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Means.Dispose();
        Squares.Dispose();
    }
}
