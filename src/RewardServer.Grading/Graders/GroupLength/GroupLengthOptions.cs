using System.Text.Json;

namespace RewardServer.Grading.Graders.GroupLength;

/// <summary>Options of the grader "group-length".</summary>
public sealed record GroupLengthOptions
{
    /// <summary>The component whose score says what is right.</summary>
    public string Of { get; init; } = "accuracy";

    /// <summary>The score of that component from which on an answer is right.</summary>
    public double PassAt { get; init; } = 1;

    /// <summary>Checks that the component is there.</summary>
    /// <param name="context">Whose earlier components can be named.</param>
    /// <exception cref="JsonException">It is not, or the score is no number.</exception>
    public GroupLengthOptions Checked(GraderContext context)
    {
        context.NeedEarlier(Of, "of");
        return double.IsFinite(PassAt) ? this : throw new JsonException("must be a number", "$.passAt", null, null);
    }
}
