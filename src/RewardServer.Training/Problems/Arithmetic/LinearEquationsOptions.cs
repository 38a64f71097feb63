using RewardServer.Training.Problems.Writing;

namespace RewardServer.Training.Problems.Arithmetic;

/// <summary>Options of the kind "linear-equations".</summary>
public sealed record LinearEquationsOptions : IProblemOptions
{
    /// <summary>The manners of its texts.</summary>
    public Mixture Texts { get; init; } = new();

    /// <inheritdoc/>
    public IEnumerable<(string Member, string Error)> Errors() => Texts.Errors().Select(error => ($"texts.{error.Member}", error.Error));
}
