namespace RewardServer.Grading.Graders.Logic.Constraints;

/// <summary>A variable has one value.</summary>
internal sealed class Value(int variable, int value) : Condition([variable])
{
    /// <inheritdoc/>
    public override bool? Holds(ReadOnlySpan<int> values) => values[variable] == Unknown ? null : values[variable] == value;
}
