using static TorchSharp.torch;

namespace RewardServer.Training.Policies;

/// <summary>Something became no number, so that no step was taken. The checkpoint before it is good.</summary>
public sealed class NotFiniteException : Exception
{
    private NotFiniteException(string message)
        : base(message)
    {
    }

    /// <summary>Finds the first weight that is no number, of what is trained and what is not.</summary>
    /// <param name="policy">Whose.</param>
    /// <param name="step">The step that found it, for people.</param>
    /// <param name="what">What was found to be no number, where all weights are.</param>
    internal static NotFiniteException Found(Policy policy, string step, string what)
    {
        using var scope = NewDisposeScope();
        return policy.Shape.Layout().FirstOrDefault(weight => !Finite(policy.Place(weight.Name))) is { } weight
            ? new($"{step}: the parameter {weight.Name} is no finite number")
            : Found(policy.Parameters, step, what);
    }

    /// <summary>Finds the first parameter, or gradient, that is no number.</summary>
    /// <param name="parameters">Where.</param>
    /// <param name="step">The step that found it, for people.</param>
    /// <param name="what">What was found to be no number, where all parameters and gradients are.</param>
    internal static NotFiniteException Found(ParameterBuffer parameters, string step, string what = "the norm of the gradient")
    {
        using var scope = NewDisposeScope();
        foreach (var shape in parameters.Shapes)
        {
            if (!Finite(parameters.Master(shape.Name)))
            {
                return new($"{step}: the parameter {shape.Name} is no finite number");
            }
        }

        var gradient = parameters.Shapes.FirstOrDefault(shape => !Finite(parameters.Gradient(shape.Name)));
        return new(gradient is null
            ? $"{step}: {what} is no finite number"
            : $"{step}: the gradient of {gradient.Name} is no finite number");
    }

    private static bool Finite(Tensor tensor) => tensor.isfinite().all().item<bool>();
}
