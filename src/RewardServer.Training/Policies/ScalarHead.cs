using static TorchSharp.torch;

namespace RewardServer.Training.Policies;

/// <summary>
/// A number a token in place of logits, on a trunk of its own that begins as a policy's: what a critic and a reward model are (InstructGPT, Ouyang et al.
/// 2022, section 3.5). The head begins at 0, so that at first every score is 0.
/// </summary>
public static class ScalarHead
{
    /// <summary>Makes one on a copy of a policy's trunk; where the policy trains adapters alone, on its weights and a copy of those.</summary>
    /// <param name="policy">Whose trunk is copied; with adapters it must be there as long as what is made.</param>
    public static Policy On(Policy policy)
    {
        var made = policy.Sharing(policy.Shape with { ScalarHead = true });
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var known = policy.Parameters.Shapes.Select(shape => shape.Name).ToHashSet();
        foreach (var shape in made.Parameters.Shapes.Where(shape => known.Contains(shape.Name)))
        {
            made.Parameters.Master(shape.Name).copy_(policy.Parameters.Master(shape.Name));
        }

        made.Parameters.Publish();
        return made;
    }
}
