using RewardServer.Training.Problems.Writing;

namespace RewardServer.Training.Problems.Arithmetic;

/// <summary>Options of the kind "multiplication".</summary>
public sealed record MultiplicationOptions : IProblemOptions
{
    /// <summary>The manners of its texts.</summary>
    public Mixture Texts { get; init; } = new();

    /// <inheritdoc/>
    public IEnumerable<(string Member, string Error)> Errors() => Texts.Errors().Select(error => ($"texts.{error.Member}", error.Error));
}
